using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.GaussianProcesses.Tests.Golden;

/// <summary>The numbers of a case that gradients are wanted for, by their paths.</summary>
internal sealed class GoldenVariables
{
    private readonly Dictionary<string, Tensor> known = [];

    /// <summary>A variable; the same one for the same path.</summary>
    public Tensor Of(string path, JsonElement value)
    {
        if (!known.TryGetValue(path, out Tensor? variable))
        {
            known[path] = variable = GoldenCase.Tensor(value).AsVariable();
        }
        return variable;
    }

    /// <summary>Compares gradients with those that are expected, an object of paths; <paramref name="prefix"/> stands before names that have no
    /// "kernel".</summary>
    public void Check(Tensor output, JsonElement expected, double rtol, double atol, string name, string prefix = "")
    {
        foreach (JsonProperty entry in expected.EnumerateObject())
        {
            string path = known.ContainsKey(entry.Name) ? entry.Name : prefix + entry.Name;
            Tensor got = Gradient.Of(output, [known[path]])[0];
            GoldenCase.Check(got.Rank > 1 && entry.Name.EndsWith("tril") ? got.LowerTriangle() : got, entry.Value, rtol, atol, $"{name}: gradient in "
                + $"{entry.Name}");
        }
    }
}
