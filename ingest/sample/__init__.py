"""The project's own sample (演示数据): invented postings of both cities, written for this project.

In: the day. Out: `build_sample` (three files as bureaus send them) and `DemonstrationSite` (two feeds over HTTP).
Everything is made from the tables in data/; the same day gives the same sample. To add postings, add an employer
to data/employers_*.csv or a job to data/jobs_*.toml.
"""

from ingest.sample.build import SampleFile, build_sample
from ingest.sample.site import DemonstrationSite, run_site

__all__ = ["DemonstrationSite", "SampleFile", "build_sample", "run_site"]
