"""Rows through `traincost batch` on Spark's workers, which need the command. It was not run here.

spark-submit spark.py jobs.csv answers
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import sys

from pyspark.sql import SparkSession

rows, answers = sys.argv[1:3]
context = SparkSession.builder.appName("traincost").getOrCreate().sparkContext
lines = context.textFile(rows)  # records of one line each
header = lines.first()


def with_header(part):
    yield header
    yield from part


# Each partition is a file of its own to the filter, and its answers begin with the header.
piped = lines.filter(lambda line: line != header).mapPartitions(with_header).pipe("traincost batch", checkCode=False)
first = piped.first()
context.parallelize([first], 1).union(piped.filter(lambda line: line != first)).saveAsTextFile(answers)
