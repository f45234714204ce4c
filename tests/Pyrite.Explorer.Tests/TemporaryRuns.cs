using static Pyrite.Primitives;

namespace Pyrite.Explorer.Tests;

/// <summary>A folder of runs: an autoencoder of small images with weights that nobody trained, chains of a normal model, and an explorer of
/// both.</summary>
internal sealed class TemporaryRuns : IAsyncDisposable
{
    public const int Side = 12;
    public const int TestCount = 60;

    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-explorer-").FullName;

    public TemporaryRuns(bool withChains = true)
    {
        Directory.CreateDirectory(PathOf("plane"));
        Directory.CreateDirectory(PathOf("chains"));
        Network.Save(PathOf("plane/weights.safetensors"));
        File.WriteAllText(PathOf("plane/run.json"), """{"command": "train", "seed": 3, "versions": {"runtime": "some"}}""");
        if (withChains)
        {
            Chains = Mcmc.Run(Model, chains: 2, warmup: 150, draws: 150, seed: 1);
            Chains.SaveCsv(PathOf("chains/draws"));
        }
        Explorer = RunExplorer.Start([folder], new ExplorerOptions { Plane = PlaneOf });
        Client = new HttpClient { BaseAddress = Explorer.Address };
    }

    /// <summary>The network of the plane; a file of weights holds the same.</summary>
    public TinyPlane Network { get; } = new(seed: 5);

    public LabelledImages Images { get; } = TinyPlane.Images(TestCount);

    public McmcResult? Chains { get; }

    public RunExplorer Explorer { get; }

    public HttpClient Client { get; }

    public string PathOf(string name) => Path.Combine(folder, name);

    public static void Model()
    {
        Tensor mu = Sample("mu", new Normal(0, 5)), sigma = Sample("sigma", new HalfNormal(2));
        using (Plate("groups", ["north", "south", "east"]))
        {
            Tensor theta = Sample("theta", new Normal(mu, 1));
            Sample("y", new Normal(theta, sigma), observed: Tensor.From([1.0, 2.5, -0.5]));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Explorer.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private LatentPlane PlaneOf(string weights)
    {
        TinyPlane read = new(seed: 6);
        read.Load(weights);
        read.Eval();
        return new LatentPlane(read.Decode, read.Encode, Images, Images);
    }
}
