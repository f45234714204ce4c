using System.Text.Json;
using static Pyrite.Primitives;

namespace Pyrite.NetCdf.Tests;

/// <summary>What is written is read again, here and by the programs that the files are for.</summary>
public sealed class InferenceDataTests : IDisposable
{
    private static readonly string[] Schools = ["Choate", "Deerfield", "St. Paul's", "Mt. Hermøn, 学校 with a long name"];

    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-netcdf-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_was_written_comes_back()
    {
        InferenceData written = Everything(), read = Saved(written);
        Same(written.Posterior!, read.Posterior!);
        Same(written.SampleStatistics!, read.SampleStatistics!);
        Same(written.LogLikelihood!, read.LogLikelihood!);
        Same(written.PosteriorPredictive!, read.PosteriorPredictive!);
        Same(new Draws(1, 3, written.Prior!.Variables), read.Prior!);
        Assert.Null(read.PriorPredictive);
        Assert.Equal(written.ObservedData["y"].ToArray<double>(), read.ObservedData["y"].ToArray<double>());
        Assert.Equal(written.ConstantData["flags"].ToArray<bool>(), read.ConstantData["flags"].ToArray<bool>());
        Assert.Equal(written.ConstantData["dose"].ToArray<long>(), read.ConstantData["dose"].ToArray<long>());
        Assert.Equal(Shape.Scalar, read.ConstantData["one"].Shape);
        Assert.Equal("coaching, Überblick", read.Attributes["title"]);
        Assert.True(read.Posterior!.Variable("angle").IsCircular);
        Assert.Equal(DType.Int64, read.Posterior.Variable("count").DType);
        Assert.Equal("theta[St. Paul's]", read.Posterior.Variable("theta").ScalarNames[2]);
    }

    [OtherReadersFact]
    public void Other_programs_read_every_number_and_name()
    {
        InferenceData written = Everything();
        string path = Path.Combine(folder, "run.nc"), arrays = Path.Combine(folder, "arrays.npz");
        written.Save(path);
        (int code, string output, string errors) = OtherReadersFactAttribute.Run(OtherReadersFactAttribute.Python, Script(), path, arrays);
        Assert.True(code == 0, errors);

        NamedTensors read = Npz.Load(arrays);
        foreach (DrawsVariable variable in written.Posterior!.Variables)
        {
            Tensor seen = read["posterior." + variable.Name.Replace('/', '.')];
            Assert.Equal(Shape.Create(2, 5) + variable.EventShape, seen.Shape);
            Assert.Equal(variable.DType, seen.DType);
            Assert.Equal(variable.Values.ToArray(), seen.To(DType.Float64).ToArray<double>());
        }
        Assert.Equal(written.SampleStatistics!.Scalar(SamplerColumns.Divergent), read["sample_stats.diverging"].To(DType.Float64).ToArray<double>());
        Assert.Equal(DType.Bool, read["sample_stats.diverging"].DType);
        Assert.Equal(DType.Int64, read["sample_stats.tree_depth"].DType);
        Assert.Equal(written.LogLikelihood!["y"].ToArray<double>(), read["log_likelihood.y"].ToArray<double>());
        Assert.Equal(written.ObservedData["y"].ToArray<double>(), read["observed_data.y"].ToArray<double>());
        Assert.Equal(written.Prior!["theta"].ToArray<double>(), read["prior.theta"].ToArray<double>());

        JsonElement about = JsonDocument.Parse(output).RootElement, posterior = about.GetProperty("posterior");
        Assert.Equal(Schools, Texts(posterior.GetProperty("labels").GetProperty("schools")));
        Assert.Equal(["0", "1"], Texts(posterior.GetProperty("labels").GetProperty("chain")));
        Assert.Equal(["chain", "draw", "schools"], Texts(posterior.GetProperty("variables").GetProperty("theta")));
        Assert.Equal(["chain", "draw", "corr_dim_0", "corr_dim_1"], Texts(posterior.GetProperty("variables").GetProperty("corr")));
        Assert.Equal(["schools"], Texts(about.GetProperty("observed_data").GetProperty("variables").GetProperty("y")));
        Assert.Equal("Pyrite", posterior.GetProperty("attributes").GetProperty("inference_library").GetString());

        (code, output, errors) = OtherReadersFactAttribute.Run("ncdump", "-h", path);
        Assert.True(code == 0, errors);
        Assert.Contains("double theta(chain, draw, schools)", output, StringComparison.Ordinal);
        Assert.Contains("string schools(schools)", output, StringComparison.Ordinal);
    }

    [OtherReadersFact]
    public void Files_that_xarray_writes_are_read()
    {
        string path = Path.Combine(folder, "foreign.nc");
        const string Program = """
            import sys, numpy, xarray
            theta = (("chain", "draw", "school"), numpy.arange(12.0).reshape(2, 3, 2))
            depth = (("chain", "draw"), numpy.arange(6, dtype="int32").reshape(2, 3))
            posterior = xarray.Dataset({"theta": theta}, coords={"chain": [0, 1], "draw": [0, 1, 2], "school": ["a", "bb"]})
            posterior.to_netcdf(sys.argv[1], group="posterior", encoding={"theta": {"zlib": True}})
            statistics = xarray.Dataset({"tree_depth": depth, "diverging": (("chain", "draw"), depth[1] == 5)})
            statistics.to_netcdf(sys.argv[1], group="sample_stats", mode="a")
            """;
        (int code, _, string errors) = OtherReadersFactAttribute.Run(OtherReadersFactAttribute.Python, "-c", Program, path);
        Assert.True(code == 0, errors);
        InferenceData read = InferenceData.Load(path);
        Assert.Equal(["theta[a]", "theta[bb]"], read.Posterior!.Variable("theta").ScalarNames);
        Assert.Equal([1, 3, 5, 7, 9, 11], read.Posterior.Scalar("theta[bb]"));
        Assert.Equal([0, 1, 2, 3, 4, 5], read.SampleStatistics!.Scalar(SamplerColumns.TreeDepth));
        Assert.Equal([0, 0, 0, 0, 0, 1], read.SampleStatistics.Scalar(SamplerColumns.Divergent));
    }

    [Fact]
    public void A_run_is_gathered_with_what_its_model_says()
    {
        McmcResult run = Mcmc.Run(Model, new Nuts(), chains: 2, warmup: 30, draws: 6, seed: 1);
        string path = Path.Combine(folder, "run.nc");
        run.SaveNetCdf(path, Model);
        InferenceData read = InferenceData.Load(path);
        Same(run.Draws, read.Posterior!);
        Same(run.Statistics, read.SampleStatistics!);
        Assert.Equal(Predictive.LogLikelihood(Model, run)["y"].ToArray<double>(), read.LogLikelihood!["y"].ToArray<double>());
        Assert.Equal([28, 8, -3, 7], read.ObservedData["y"].ToArray<double>());
        Assert.Equal("y[Choate]", read.PosteriorPredictive!.Variable("y").ScalarNames[0]);
    }

    [Fact]
    public void What_is_no_such_file_is_refused()
    {
        string path = Path.Combine(folder, "run.nc");
        Assert.Contains("There is no file", Assert.Throws<FileNotFoundException>(() => InferenceData.Load(path)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, "theta,tau\n1,2\n");
        Assert.Contains("no netCDF-4 file", Assert.Throws<InvalidDataException>(() => InferenceData.Load(path)).Message, StringComparison.Ordinal);
        Everything().Save(path);
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 40; length < whole.Length; length += 997)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<InvalidDataException>(() => InferenceData.Load(path));
        }
        Assert.Throws<DirectoryNotFoundException>(() => Everything().Save(Path.Combine(folder, "no such", "run.nc")));
    }

    private InferenceData Saved(InferenceData data)
    {
        string path = Path.Combine(folder, "saved.nc");
        data.Save(path);
        return InferenceData.Load(path);
    }

    private static void Same(Draws expected, Draws found)
    {
        Assert.Equal((expected.Chains, expected.DrawsPerChain), (found.Chains, found.DrawsPerChain));
        Assert.Equal(expected.Names, found.Names);
        foreach (DrawsVariable variable in expected.Variables)
        {
            DrawsVariable like = found.Variable(variable.Name);
            Assert.Equal(variable.EventShape, like.EventShape);
            Assert.Equal(variable.Dimensions, like.Dimensions);
            Assert.Equal(variable.ScalarNames, like.ScalarNames);
            Assert.Equal(variable.Values.ToArray(), like.Values.ToArray());
        }
    }

    /// <summary>Arrays of every kind: names with a slash, a plate named as a site, one dimension of two sizes, a covariance with names.</summary>
    private static InferenceData Everything()
    {
        Draws posterior = new(2, 5,
        [
            Variable("theta", [4], ["schools"], [Schools]), Variable("part/w", [2, 3]), Variable("corr", [2, 2], null, [["a", "b"], ["a", "b"]]),
            Variable("other", [3], ["schools"]), Variable("y", [2], ["y"]),
            new DrawsVariable("angle", Shape.Scalar, Numbers(10)) { IsCircular = true },
            new DrawsVariable("count", Shape.Scalar, [.. Enumerable.Range(0, 10).Select(i => i - 3.0)], type: DType.Int64),
        ]);
        Draws statistics = new(2, 5, SamplerColumns.All.Select((name, i) => new DrawsVariable(name, Shape.Scalar,
            [.. Enumerable.Range(0, 10).Select(draw => name == SamplerColumns.Divergent ? draw % 2 : (double)(draw + i))])));
        return new InferenceData
        {
            Posterior = posterior,
            SampleStatistics = statistics,
            LogLikelihood = new Draws(2, 5, [Variable("y", [4], ["schools"], [Schools])]),
            PosteriorPredictive = new Draws(2, 5, [Variable("y", [4], ["schools"], [Schools])]),
            Prior = new Draws(3, [new DrawsVariable("theta", Shape.Scalar, [1, double.NaN, double.PositiveInfinity])]),
            ObservedData = new Dictionary<string, Tensor> { ["y"] = Tensor.From([28.0, 8, -3, 7]) },
            ConstantData = new Dictionary<string, Tensor>
            {
                ["dose"] = Tensor.From<long>([1, 2, 4]),
                ["flags"] = Tensor.From<bool>([true, false]),
                ["one"] = Tensor.From([2.5]).Reshape(Shape.Scalar),
            },
            Attributes = new Dictionary<string, string> { ["title"] = "coaching, Überblick" },
        };
    }

    private static DrawsVariable Variable(string name, Shape shape, string[]? dimensions = null, IReadOnlyList<string>?[]? names = null)
    {
        DrawsVariable plain = new(name, shape, Numbers(10 * (int)shape.Count), dimensions);
        return names is null ? plain : new DrawsVariable(name, shape, Numbers(10 * (int)shape.Count), dimensions) { EntryNames = names };
    }

    private static double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => Math.Sin(i + 1) * 1e3)];

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(text => text.GetString()!)];

    private static string Script() => Path.Combine(AppContext.BaseDirectory, "read_netcdf.py");

    private static void Model()
    {
        Tensor mu = Sample("mu", new Normal(0, 5));
        using (Plate("schools", Schools))
        {
            Sample("y", new Normal(Sample("theta", new Normal(mu, 5)), Tensor.From([15.0, 10, 16, 11])), observed: Tensor.From([28.0, 8, -3, 7]));
        }
    }
}
