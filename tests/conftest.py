"""How random tests are run: what fails is told as it was found. `LAUNCHROOM_SHRINK=1` looks for the smallest case, which takes minutes."""

import os

from hypothesis import Phase, settings

settings.register_profile("as found", phases=(Phase.explicit, Phase.generate))
settings.register_profile("smallest", phases=tuple(Phase))
settings.load_profile("smallest" if os.environ.get("LAUNCHROOM_SHRINK") else "as found")
