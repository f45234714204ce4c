using Pyrite.Language.Sites;

namespace Pyrite.Language.Series;

/// <summary>A random variable that the rounds of a loop state: what all rounds have in common, and the one site of all of them.</summary>
/// <param name="name">The site's name.</param>
internal sealed class SeriesSite(string name)
{
    /// <summary>The site's name.</summary>
    public string Name => name;

    /// <summary>The distribution of the first round, expanded to the plates.</summary>
    public Distribution Law { get; set; } = null!;

    /// <summary>The batch shape of a round, with all plates.</summary>
    public Shape Batch => Law.BatchShape;

    /// <summary>The event shape of a round.</summary>
    public Shape Event => Law.EventShape;

    /// <summary>The plates inside the body.</summary>
    public PlateFrame[] Frames { get; init; } = [];

    /// <summary>The factor of handlers inside the body.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>What the model tells inference about the site.</summary>
    public SiteOptions Options { get; init; } = SiteOptions.None;

    /// <summary>Whether only the guide has it.</summary>
    public bool IsAuxiliary { get; init; }

    /// <summary>Whether only the model has it.</summary>
    public bool IsFromPrior { get; init; }

    /// <summary>Whether the body gives data.</summary>
    public bool IsObserved { get; init; }

    /// <summary>Whether it stands for another one that is drawn by it.</summary>
    public bool IsRestated { get; init; }

    /// <summary>Whether it is a factor, which is stated when the rounds have run.</summary>
    public bool IsFactor => Law is Unit;

    /// <summary>The input of the body that is its data, by place; null where it is computed.</summary>
    public int? DataInput { get; set; }

    /// <summary>Whether handlers inside the body mask a latent, so that only some of its entries are.</summary>
    public bool HasMask { get; init; }

    /// <summary>The input of the body that says which entries are there, by place, and whether the site is about those or the others; null where
    /// that is computed.</summary>
    public (int Input, bool IsThere)? FlagsInput { get; init; }

    /// <summary>Whether it is a discrete latent that is summed out.</summary>
    public bool IsSummed { get; set; }

    /// <summary>Which entries of [T, plates…] are latent; null for all.</summary>
    public BatchPart? Part { get; set; }

    /// <summary>The data of all rounds, [T, plates…, event…]; null for a latent.</summary>
    public Tensor? Data { get; set; }

    /// <summary>The site of all rounds.</summary>
    public SampleSite Whole { get; set; } = null!;

    /// <summary>Whether the site of all rounds counts as data.</summary>
    public bool IsGivenAsData => Part is not { Count: 0 } && Whole.IsObserved;

    /// <summary>The data as the site of all rounds had them before handlers saw it.</summary>
    public Tensor? Given { get; set; }

    /// <summary>Where the values of rounds come from.</summary>
    public SeriesSource Source { get; set; }

    /// <summary>Values of the first rounds, [rounds, plates…, event…], where handlers or the draw have decided them.</summary>
    public Tensor? Slices { get; set; }

    /// <summary>The key of the draw; a round's is a child of it.</summary>
    public RandomKey Key { get; set; }

    /// <summary>Weights of handlers around the loop, where the site is about single entries.</summary>
    public Tensor? Weight { get; set; }

    /// <summary>Distributions that rounds have made, by which failed checks are known.</summary>
    public List<Distribution> Laws { get; } = [];

    /// <summary>The support that all rounds share; null where it may depend on the round.</summary>
    public Constraint? FixedSupport => IsFixed(Law.Support) ? Law.Support : null;

    /// <summary>Whether a failed check is that of a distribution of this site.</summary>
    public bool IsMadeFrom(IParameterOwner owner) => Laws.Exists(law => law.IsMadeFrom(owner)) || (Law is not null && Law.IsMadeFrom(owner));

    private static bool IsFixed(Constraint support) => support.GetType().Assembly == typeof(Constraint).Assembly && !support.IsMade
        && (!support.HasGivenEnds || (support.LowerEnd is null or { IsWeak: true } && support.UpperEnd is null or { IsWeak: true }))
        && (ReferenceEquals(support.Element, support) || IsFixed(support.Element));
}
