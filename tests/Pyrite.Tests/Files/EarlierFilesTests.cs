namespace Pyrite.Tests;

/// <summary>Files that version 0.1 wrote load in this one.</summary>
public sealed class EarlierFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-earlier-").FullName;

    private static string Sample(string name)
    {
        string? at = AppContext.BaseDirectory;
        while (at is not null && !File.Exists(Path.Combine(at, "Pyrite.slnx")))
        {
            at = Path.GetDirectoryName(at);
        }
        return Path.Combine(at!, "tests", "Pyrite.Tests", "Files", "Version-0.1", name);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_state_of_a_run_loads_and_goes_on()
    {
        McmcState state = McmcState.Load(Sample("run.state"));
        Assert.Equal((EarlierFiles.Chains, EarlierFiles.Warmup, EarlierFiles.Draws, EarlierFiles.Seed),
            (state.Chains, state.Warmup, state.DrawsPerChain, state.Seed));
        Assert.True(state.IsComplete);
        McmcResult longer = Mcmc.Resume(EarlierFiles.Groups, state, draws: EarlierFiles.Draws + 10);
        NamedTensors saved = Npz.Load(Sample("draws.npz"));
        Assert.All((string[])["mu", "tau", "theta", "twice"], name => Assert.Equal(Rows(saved[name]), Rows(longer[name])[..EarlierFiles.Draws]));
        Assert.Equal(EarlierFiles.Draws + 10, longer.Draws.DrawsPerChain);

        // The new version writes it again, and reads that.
        state.Save(Path.Combine(folder, "again.state"));
        Assert.Equal(state.Transitions, McmcState.Load(Path.Combine(folder, "again.state")).Transitions);
    }

    [Fact]
    public void Files_of_a_run_that_was_stopped_load_and_go_on()
    {
        foreach (string name in (string[])["chains_1.csv", "chains_1.state", "chains_2.csv", "chains_2.state"])
        {
            File.Copy(Sample(name), Path.Combine(folder, name));
        }
        ChainFiles files = new(Path.Combine(folder, "chains"));
        McmcResult part = McmcResult.Load(files.Path);
        Assert.False(part.IsComplete);
        Assert.True(part.HasDraws);
        double[] before = part.Draws.SelectChains(0).Scalar("tau");
        McmcResult whole = Mcmc.Resume(EarlierFiles.Groups, files);
        Assert.True(whole.IsComplete);
        Assert.Equal(EarlierFiles.Draws, whole.Draws.DrawsPerChain);
        Assert.Equal(before, whole.Draws.SelectChains(0).Scalar("tau")[..before.Length]);
        Assert.Equal(whole["theta"].ToArray<double>(),
            CmdStanCsv.Load([files.Path + "_1.csv", files.Path + "_2.csv"]).Draws["theta"].ToArray<double>());
    }

    [Fact]
    public void A_run_with_a_dense_metric_loads_with_it()
    {
        McmcResult dense = McmcResult.Load(Sample("dense"));
        Assert.True(dense.IsComplete);
        Assert.Equal(5, Assert.Single(dense.Metrics).Dimension);
        Assert.Equal(EarlierFiles.Draws, dense.Draws.Count);
    }

    [Theory]
    [InlineData("draws.npz")]
    [InlineData("draws-compressed.npz")]
    public void Draws_as_csv_and_as_arrays_are_the_same(string archive)
    {
        CmdStanDraws text = CmdStanCsv.Load([Sample("draws_1.csv"), Sample("draws_2.csv")]);
        SavedDraws arrays = DrawsNpz.Load(Sample(archive));
        Assert.Equal((EarlierFiles.Chains, EarlierFiles.Draws, true), (arrays.Draws.Chains, arrays.Draws.DrawsPerChain, arrays.Draws.HasChains));
        Assert.Equal(text.Draws.Names, arrays.Draws.Names);
        Assert.All(text.Draws.Names, name => Assert.Equal(text.Draws[name].ToArray<double>(), arrays.Draws[name].ToArray<double>()));
        Assert.All(SamplerColumns.All, name => Assert.Equal(text.Statistics!.Scalar(name), arrays.Statistics!.Scalar(name)));
    }

    [Fact]
    public void A_checkpoint_goes_on_as_it_did()
    {
        EarlierFiles fit = new();
        fit.Svi.Load(Sample("fit.safetensors"), EarlierFiles.Data);
        Assert.Equal(EarlierFiles.StepsBefore, fit.Svi.StepCount);
        // The losses that version 0.1 had after this checkpoint; Float32, so the order of a sum may change the sixth digit.
        foreach (double loss in Npy.Load(Sample("losses.npy")).ToArray<double>())
        {
            Assert.Equal(loss, fit.Svi.Step(EarlierFiles.Data), 1e-4 * loss);
        }
    }

    [Fact]
    public void Parameters_load_before_and_after_the_first_step()
    {
        EarlierFiles fresh = new(), begun = new();
        fresh.Svi.Parameters.Load(Sample("parameters.safetensors"));
        begun.Svi.Step(EarlierFiles.Data);
        begun.Svi.Parameters.Load(Sample("parameters.safetensors"));
        fresh.Svi.Evaluate(EarlierFiles.Data);
        NamedTensors saved = SafeTensors.Load(Sample("parameters.safetensors"));
        foreach ((string name, Tensor value) in saved)
        {
            foreach (double[] found in (double[][])[fresh.Svi.Parameters[name].To(DType.Float64).ToArray<double>(),
                begun.Svi.Parameters[name].To(DType.Float64).ToArray<double>()])
            {
                // A positive number goes through its logarithm and back.
                Assert.All(value.To(DType.Float64).ToArray<double>().Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
            }
        }
    }

    [Fact]
    public void Weights_tensors_and_arrays_load()
    {
        Linear weights = EarlierFiles.Weights();
        weights.Load(Sample("weights.safetensors"));
        Assert.Equal(SafeTensors.Load(Sample("weights.safetensors"))["weight"].ToArray<float>(), weights.State()["weight"].ToArray<float>());
        Assert.Equal([1, 2, 3, 4], Npz.Load(Sample("arrays.npz"))["b"].ToArray<long>());
        NamedTensors tensors = SafeTensors.Load(Sample("tensors.safetensors"));
        Assert.Equal([1f, 2.5f], tensors["a"].ToArray<float>());
        Assert.Equal("by 0.1", tensors.Metadata["made"]);
    }

    [Theory]
    [InlineData("fit.safetensors", "pyrite.svi")]
    [InlineData("run.state", "pyrite.mcmc")]
    public void A_format_that_is_not_known_is_refused_naming_both_versions(string name, string key)
    {
        NamedTensors file = SafeTensors.Load(Sample(name));
        string json = file.Metadata[key].Replace("\"format\":1", "\"format\":7,\"version\":\"9.8.7\"");
        Assert.NotEqual(file.Metadata[key], json);
        string later = Path.Combine(folder, "later");
        SafeTensors.Save(later, file, [KeyValuePair.Create(key, json)]);
        InvalidDataException error =
            Assert.Throws<InvalidDataException>(() => { _ = key == "pyrite.svi" ? (object)SviState.Load(later) : McmcState.Load(later); });
        Assert.Contains("Pyrite 9.8.7 in format 7; this is Pyrite ", error.Message);
        Assert.Contains("which reads format 1", error.Message);
    }

    private static double[][] Rows(Tensor draws)
    {
        double[] numbers = draws.ToArray<double>();
        int each = numbers.Length / draws.Shape[0] / draws.Shape[1];
        return [
            .. Enumerable.Range(0, draws.Shape[1])
            .Select(
                draw =>
                    Enumerable.Range(0, draws.Shape[0]).SelectMany(chain => numbers.Skip(((chain * draws.Shape[1]) + draw) * each).Take(each))
                        .ToArray())];
    }
}
