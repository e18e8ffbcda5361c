"""Expands a SAM template as AWS does, with its own translator: expand.py <template> <code> <parameters as JSON>."""
import json
import os
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")

from samtranslator.parser.parser import Parser  # noqa: E402
from samtranslator.translator.transform import transform  # noqa: E402
from samtranslator.yaml_helper import yaml_parse  # noqa: E402


class NoManagedPolicies:
    """Roles are written out in the template, so none of AWS's policies is looked up."""

    def load(self):
        return {}


with open(sys.argv[1], encoding="utf-8") as file:
    template = yaml_parse(file.read())
# What `sam deploy` writes there when it has stored the artifact.
template["Globals"]["Function"]["CodeUri"] = {"Bucket": "artifacts", "Key": sys.argv[2]}
parameters = {name: parameter.get("Default", "") for name, parameter in template["Parameters"].items()}
parameters.update(json.loads(sys.argv[3]))
print(json.dumps(transform(template, parameters, NoManagedPolicies())))
