using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Fits and chains that the ranks share, and what they come to, as a hash of all bits.</summary>
public static class FittedRuns
{
    private const int Rows = 240;
    private const int StepsBetweenSaves = 10;

    /// <summary>Fits a mean and a spread by steps of eight shards.</summary>
    /// <param name="cluster">The ranks.</param>
    /// <param name="arguments">After the name of the run: how many steps; the file of the checkpoint, if any; the step at which the last rank is
    /// killed, if at all.</param>
    public static int Fit(Cluster cluster, string[] arguments)
    {
        long steps = Number(arguments[1]), killed = arguments.Length > 3 ? Number(arguments[3]) : -1;
        string? checkpoint = arguments.Length > 2 ? arguments[2] : null;
        Tensor data = (RandomKey.FromSeed(1).Normal([Rows]) + 3).Keep();
        Svi<Tensor> svi = new(Model, Guide, new Adam(0.02), new TraceElbo(particles: 2), seed: 7)
        {
            Sharding = cluster.Shards(8),
            MaxGradientNorm = 20,
        };
        if (checkpoint is not null)
        {
            svi.Resume(checkpoint);
        }
        while (svi.StepCount < steps && !cluster.IsStopAgreed)
        {
            if (svi.StepCount == killed && cluster.Rank == cluster.Size - 1)
            {
                Process.GetCurrentProcess().Kill();
            }
            svi.Step(svi.Sharding!.Cut(data));
            if (checkpoint is not null && svi.StepCount % StepsBetweenSaves == 0)
            {
                svi.Save(checkpoint);
            }
        }
        if (cluster.IsFirst)
        {
            Console.WriteLine($"fit {Hash(svi.Parameters["loc"], svi.Parameters["scale"])}");
        }
        return 0;
    }

    /// <summary>Four chains of NUTS, shared out among the ranks, with their draws in files.</summary>
    /// <param name="cluster">The ranks.</param>
    /// <param name="files">Where the files stand, without their numbers.</param>
    public static int Chains(Cluster cluster, string files)
    {
        Tensor data = (RandomKey.FromSeed(1).Normal([Rows]) + 3).Keep();
        McmcResult result = Mcmc.Run(() => Model(data), chains: 4, warmup: 100, draws: 100, seed: 3, files: new ChainFiles(files), group: cluster);
        if (cluster.IsFirst)
        {
            Console.WriteLine($"chains {Hash(result["mean"])}");
        }
        return 0;
    }

    private static void Model(Tensor rows)
    {
        Tensor mean = Sample("mean", new Normal(0, 10));
        using (Plate("rows", Rows, subsampleSize: rows.Shape[0]))
        {
            Sample("y", new Normal(mean, 1), observed: rows);
        }
    }

    private static void Guide(Tensor rows) => Sample("mean", new Normal(Param("loc", 0.0), Param("scale", 1.0, Constraints.Positive)));

    private static string Hash(params Tensor[] values) =>
        Convert.ToHexStringLower(SHA256.HashData([.. values.SelectMany(value => value.Detach().AsBytes().ToArray())]));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
