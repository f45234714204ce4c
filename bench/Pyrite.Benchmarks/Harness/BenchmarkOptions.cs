using System.Globalization;

namespace Pyrite.Benchmarks.Harness;

/// <summary>What follows the name of a benchmark: <c>--key value</c> pairs, and flags without a value.</summary>
internal sealed class BenchmarkOptions
{
    private readonly Dictionary<string, string?> values = [];
    private readonly HashSet<string> asked = [];

    public BenchmarkOptions(IReadOnlyList<string> arguments)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                throw new ArgumentException($"Found \"{arguments[i]}\" where an option was expected; write --name value.");
            }

            bool hasValue = i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal);
            values[arguments[i][2..]] = hasValue ? arguments[++i] : null;
        }
    }

    /// <summary>Whether to measure as little as shows that the benchmark works (<c>--short</c>).</summary>
    public bool Short => Has("short");

    /// <summary>Slices for so many figures, all of them together well below a minute.</summary>
    public Timing Timing(int figures)
    {
        const double AllFigures = 20, MostOfOne = 2, Shortest = 0.02;
        return new(Short ? Shortest : Math.Min(AllFigures / figures, MostOfOne));
    }

    /// <summary>Refuses options that no one asked for: most likely misspelt.</summary>
    /// <param name="who">Who has no such option.</param>
    /// <param name="usage">The options there are.</param>
    public void RequireAllKnown(string who, string usage)
    {
        if (values.Keys.Except(asked).Except(["short"]).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException($"{who} has no option --{unknown}: {usage}");
        }
    }

    public bool Has(string name)
    {
        asked.Add(name);
        return values.ContainsKey(name);
    }

    public int Integer(string name, int otherwise, int least = 1)
    {
        if (!Has(name))
        {
            return otherwise;
        }

        return int.TryParse(values[name], NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) && value >= least
            ? value
            : throw new ArgumentException($"--{name} takes a whole number of at least {least}; found \"{values[name]}\".");
    }

    public string Text(string name, string otherwise) =>
        Has(name) ? values[name] ?? throw new ArgumentException($"--{name} needs a value.") : otherwise;
}
