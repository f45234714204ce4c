"""Reads a netCDF file with netCDF4 and with xarray, checks that both see the same, and writes all arrays as one NPZ file."""
import json
import sys

import netCDF4
import numpy
import xarray

path, target = sys.argv[1:]
arrays, about = {}, {}
with netCDF4.Dataset(path) as file:
    for name, group in file.groups.items():
        about[name] = {"attributes": {key: str(group.getncattr(key)) for key in group.ncattrs()}, "variables": {}, "labels": {}}
        with xarray.open_dataset(path, group=name) as seen:
            for key, variable in group.variables.items():
                values = numpy.asarray(variable[...])
                if key in group.dimensions:
                    assert list(seen.coords[key].values) == list(values), key
                    about[name]["labels"][key] = [str(value) for value in values]
                    continue
                about[name]["variables"][key] = list(variable.dimensions)
                assert seen[key].dims == variable.dimensions, key
                assert numpy.array_equal(seen[key].values, values, equal_nan=values.dtype.kind == "f"), key
                arrays[f"{name}.{key}"] = seen[key].values
numpy.savez(target, **arrays)
print(json.dumps(about))
