using System.Globalization;
using System.Security.Cryptography;
using Pyrite.Inference.Saving;

namespace Pyrite.Inference.Fitting.Sharing;

/// <summary>What the processes of a sharded inference must have alike before they add anything up.</summary>
internal static class SharedStart
{
    private const int HashLength = 16;

    /// <summary>Compares settings, and the names, shapes and numbers of all parameters.</summary>
    /// <exception cref="InvalidOperationException">They differ; the message, the same on all processes, says in what.</exception>
    public static void RequireAlike<T>(Svi<T> svi, Sharding sharding, IEnumerable<Optimizer?> optimizers)
    {
        List<KeyValuePair<string, string>> facts =
        [
            new("the version of Pyrite", FileVersion.Own),
            new("the kind of processor", Machine.Kind),
            new("the number of shards", Text(sharding.Count)),
            new("the seed", svi.Seed.ToString(CultureInfo.InvariantCulture)),
            new("the number of steps taken", Text(svi.StepCount)),
            new("the objective", $"{svi.Objective.GetType().Name} of {Text(svi.Objective.Particles)} particles"),
            new("the largest norm of gradients", svi.MaxGradientNorm?.ToString("R", CultureInfo.InvariantCulture) ?? "not limited"),
            new("the optimizers", string.Join(" and ", optimizers.Select(one => one is null ? "none" : one.GetType().Name))),
        ];
        foreach ((string name, Parameter parameter) in svi.Parameters.ByName())
        {
            facts.Add(new($"parameter \"{name}\"", Look(parameter.Value)));
        }
        foreach ((string name, ModuleBuffer buffer) in svi.Parameters.Buffers())
        {
            facts.Add(new($"buffer \"{name}\"", Look(buffer.Value)));
        }
        sharding.Group.RequireAlike(facts, "a sharded inference");
    }

    private static string Look(Tensor value)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(value.Detach().AsBytes()))[..HashLength];
        return $"{value.DType} {value.Shape} with numbers of hash {hash}";
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
