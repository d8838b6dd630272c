"""How loud the launch is: for whoever commands, who alone can make it quieter."""

from bot.slack.turn import Reply, Turn
from bot.views.noise import noise
from launch.authority import authorise
from launch.messages import CloseLaunch
from storage import noise as rows


async def show(turn: Turn) -> Reply:
    """Raises Refused for anybody else."""
    launch = turn.launch
    authorise(CloseLaunch(), launch, turn.by)
    rung = await turn.door.write(lambda tx: rows.load(tx, turn.team_id, launch.id))
    return turn.shown(noise(launch, rung, turn.door.outside.clock.read().now, turn.reader))
