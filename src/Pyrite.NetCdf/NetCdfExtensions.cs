namespace Pyrite;

/// <summary>Draws as netCDF-4 files.</summary>
public static class NetCdfExtensions
{
    extension(McmcResult result)
    {
        /// <summary>Writes draws and what the sampler reported for ArviZ: <c>arviz.from_netcdf("run.nc")</c>. <see cref="InferenceData"/> adds
        /// predictions, log-densities and data.</summary>
        /// <param name="path">The file; an earlier one is replaced as a whole or not at all.</param>
        /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
        public void SaveNetCdf(string path) =>
            new InferenceData { Posterior = result.Draws, SampleStatistics = result.Statistics }.Save(path);

        /// <summary>Writes draws, what the sampler reported, and what the model says of its data for ArviZ.</summary>
        /// <param name="path">The file; an earlier one is replaced as a whole or not at all.</param>
        /// <param name="model">The model of the run: its observations, their log-densities and predictions are written as well.</param>
        /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
        /// <exception cref="ModelException">The model observes nothing, or is another one.</exception>
        public void SaveNetCdf(string path, Action model) => InferenceData.Of(model, result).Save(path);
    }

    extension(Draws draws)
    {
        /// <summary>Writes draws as the posterior of a netCDF-4 file for ArviZ; draws without chains are one chain there.</summary>
        /// <param name="path">The file; an earlier one is replaced as a whole or not at all.</param>
        /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
        public void SaveNetCdf(string path) => new InferenceData { Posterior = draws }.Save(path);
    }
}
