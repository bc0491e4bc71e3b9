"""What all tests share: hypothesis has no deadlines, since how long an example takes says how busy the machine is and nothing of the code."""

import hypothesis

hypothesis.settings.register_profile("exolab", deadline=None)
hypothesis.settings.load_profile("exolab")
