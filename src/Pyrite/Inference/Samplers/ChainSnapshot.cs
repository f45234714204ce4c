namespace Pyrite.Inference.Samplers;

/// <summary>A chain between two transitions, as numbers by name: all that it needs to go on.</summary>
internal sealed record ChainSnapshot
{
    /// <summary>Which chain, from 0.</summary>
    public required int Chain { get; init; }

    /// <summary>How many transitions it has made.</summary>
    public required long Transitions { get; init; }

    /// <summary>How many of them diverged after warm-up.</summary>
    public required int Divergences { get; init; }

    /// <summary>At which points the model could not be computed.</summary>
    public required IReadOnlyList<PotentialFailure> Failures { get; init; }

    /// <summary>How many of these were explained by running the model.</summary>
    public required int ExplainedFailures { get; init; }

    /// <summary>What the chain had to say.</summary>
    public IReadOnlyList<(string Kind, string Text)> Notes { get; init; } = [];

    /// <summary>The length of the chain's file of draws; 0 where draws are kept in memory.</summary>
    public long FileLength { get; init; }

    /// <summary>Position, gradient, last transition, and what the sampler has learnt.</summary>
    public required IReadOnlyDictionary<string, double[]> Numbers { get; init; }

    public bool Has(string name) => Numbers.ContainsKey(name);

    /// <summary>Numbers by name.</summary>
    /// <exception cref="InvalidDataException">They are missing, or not as many as expected.</exception>
    public double[] Take(string name, int expected)
    {
        double[] found =
            Numbers.TryGetValue(name, out double[]? numbers)
                ? numbers
                : throw new InvalidDataException($"The state of chain {Chain} lacks \"{name}\". It was written by another version, or damaged.");
        return found.Length == expected
            ? (double[])found.Clone()
            : throw new InvalidDataException($"The state of chain {Chain} has {found.Length} numbers \"{name}\"; expected {expected}.");
    }

    /// <summary>One number by name.</summary>
    /// <exception cref="InvalidDataException">It is missing.</exception>
    public double Take(string name) => Take(name, 1)[0];

    /// <summary>Indices by name, each below a limit and there once.</summary>
    /// <exception cref="InvalidDataException">They are missing or no such indices.</exception>
    public int[] Indices(string name, int limit)
    {
        double[] found =
            Numbers.TryGetValue(name, out double[]? numbers)
                ? numbers
                : throw new InvalidDataException($"The state of chain {Chain} lacks \"{name}\".");
        bool isRight =
            Array.TrueForAll(found, index => index >= 0 && index < limit && index == Math.Floor(index)) && found.Distinct().Count() == found.Length;
        return isRight
            ? Array.ConvertAll(found, index => (int)index)
            : throw new InvalidDataException($"The state of chain {Chain} has \"{name}\" that are no different indices below {limit}.");
    }
}
