"""What may be asked of a launch (commands), what then happened (events), and the other values that travel: one file a feature.

Commands ask, events tell in the past. Both are frozen values that survive JSON; what a person typed travels as `Words`.
"""

from launch.messages.base import *
from launch.messages.checkpoints import *
from launch.messages.countdown import *
from launch.messages.handover import *
from launch.messages.house import *
from launch.messages.paging import *
from launch.messages.plans import *
from launch.messages.problems import *
from launch.messages.room import *
from launch.messages.roster import *
from launch.messages.updates import *
