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

    /// <summary>Whose numbers they are, as the subject of a sentence.</summary>
    public string Owner => $"The state of chain {Chain}";

    /// <summary>Whether there are numbers of a name.</summary>
    public bool Has(string name) => Numbers.ContainsKey(name);

    /// <summary>The numbers, copied, to be taken by name.</summary>
    public StateNumbers Read() => new(Numbers, Owner);
}
