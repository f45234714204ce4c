using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Runs that a test starts in a process of its own and kills: the process and the test share their models and settings.</summary>
public static class KilledRuns
{
    public const ulong Seed = 11;
    public const int Chains = 2;
    public const int Warmup = 1500;
    public const int BlockSize = 50;

    private static readonly Tensor Effects = Tensor.From([28.0, 8, -3, 7, -1, 1, 18, 12]);
    private static readonly Tensor Errors = Tensor.From([15.0, 10, 16, 11, 9, 11, 10, 18]);

    public static Nuts Sampler { get; } = new(targetAcceptance: 0.9, jitter: 0.1);

    public static Tensor Data { get; } = Tensor.From([0.5f, -1, 2]);

    /// <summary>Arguments: what to run, and the path that it writes to. Runs until it is killed.</summary>
    public static void Run(string[] arguments)
    {
        if (arguments is ["sample", string draws])
        {
            Mcmc.Run(Schools, Sampler, Chains, Warmup, draws: 100_000_000, Seed, files: new ChainFiles(draws) { BlockSize = BlockSize });
        }
        else if (arguments is ["fit", string checkpoint])
        {
            Svi<Tensor> svi = Fit();
            while (true)
            {
                svi.Run(Data, 1, stopping: Stopping);
                svi.Save(checkpoint);
            }
        }
    }

    public static void Schools()
    {
        Tensor mu = Sample("mu", new Normal(0, 5));
        Tensor tau = Sample("tau", new HalfCauchy(5));
        using (Plate("schools", 8))
        {
            Tensor theta = Deterministic("theta", mu + (tau * Sample("z", new Normal(0, 1))));
            Sample("y", new Normal(theta, Errors), observed: Effects);
        }
    }

    public static EarlyStopping Stopping { get; } = new(Window: 1_000_000);

    public static Svi<Tensor> Fit() => new(
        x =>
        {
            Tensor mean = Sample("mean", new Normal(0, 2)), scale = Sample("scale", new HalfNormal(1));
            using PlateScope rows = Plate("rows", 3);
            Sample("x", new Normal(mean, scale), observed: x);
        },
        _ =>
        {
            Sample("mean", new Normal(Param("loc", 0.0), Param("spread", 1.0, Constraints.Positive)));
            Sample("scale", new LogNormal(Param("middle", 0.0), Param("width", 1.0, Constraints.Positive)));
        },
        new Adam(0.01) { Schedule = new PlateauSchedule() }, new TraceElbo(), Seed);
}
