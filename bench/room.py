"""P15: how many calls Slack sees from us to open a room for 100 invitees. Finding people happened before, when the plan was added."""

import asyncio
import json
import os
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.crowd import T0, a_plan, user
from bot.wire import Wire
from launch.messages import HOUSE, SHELL, AddPlan, OpenRoom
from sandbox.server import start
from sandbox.standin import StandIn

INVITEES = 100
