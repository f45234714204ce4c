using System.Globalization;
using System.Security.Cryptography;
using Pyrite.Inference.Saving;

namespace Pyrite.Inference.Fitting.Sharing;

/// <summary>What the processes of a sharded inference must have alike before they add anything up.</summary>
internal static class SharedStart
{
    private const int HashLength = 16;

    /// <summary>Compares settings, and the names, shapes and numbers of all parameters.</summary>
    /// <param name="sharding">Whose processes.</param>
    /// <param name="settings">What an inference was set up with, and how far it has come.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <exception cref="InvalidOperationException">They differ; the message, the same on all processes, says in what.</exception>
    public static void RequireAlike(Sharding sharding, IEnumerable<KeyValuePair<string, string>> settings, ParamStore parameters)
    {
        List<KeyValuePair<string, string>> facts =
        [
            new("the version of Pyrite", FileVersion.Own),
            new("the kind of processor", Machine.Kind),
            new("the number of shards", Text(sharding.Count)),
            .. settings,
        ];
        foreach ((string name, Parameter parameter) in parameters.ByName())
        {
            facts.Add(new($"parameter \"{name}\"", Look(parameter.Value)));
        }
        foreach ((string name, ModuleBuffer buffer) in parameters.Buffers())
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
