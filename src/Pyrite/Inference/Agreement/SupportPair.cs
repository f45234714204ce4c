namespace Pyrite.Inference.Agreement;

/// <summary>A latent in model and guide, whose supports are compared, and the errors that say how they differ.</summary>
/// <param name="latent">The model's site.</param>
/// <param name="drawn">The guide's.</param>
/// <param name="guide">The guide's family.</param>
/// <param name="model">The model's family.</param>
/// <param name="isAutomatic">Whether the guide is automatic, and has the support that the model had when it first ran.</param>
internal sealed class SupportPair(SampleSite latent, SampleSite drawn, Distribution guide, Distribution model, bool isAutomatic = false)
{
    private const int Probes = 32;

    // Far enough to tell sets apart, near enough that no map is rounded onto a border of its image: 1 - sigmoid(30) is 9e-14.
    private const double FarthestNumber = 30;

    private static readonly double[] RadiiOfNumbers = [1, 15];
    private static readonly double[] RadiiOfArrays = [0.5, 1, 2];

    private Shape Whole => drawn.Distribution.BatchShape + drawn.Distribution.EventShape;

    /// <summary>How many numbers are free in guide and model; null where a support has no map from the reals.</summary>
    public (long Guide, long Model)? FreeCounts(Constraint mine, Constraint theirs) =>
        FreeCount(mine) is { } inGuide && FreeCount(theirs) is { } inModel ? (inGuide, inModel) : null;

    /// <summary>Tries points of the guide's support; where it has no map from the reals, the draw itself.</summary>
    /// <exception cref="ModelException">The model's support lacks one of them.</exception>
    public void Probe(Constraint mine, Constraint theirs)
    {
        if (!StepScope.Outside(() => Points(mine).All(point => theirs.Check(point).All())))
        {
            throw Outside(mine, theirs);
        }
    }

    /// <summary>The guide's values are not among the site's.</summary>
    public ModelException Outside(Constraint mine, Constraint theirs) => isAutomatic ? Changed(mine, theirs) : new(ModelError.SupportsDiffer,
        latent.Name, $"the guide's family draws outside of the site's support: {guide.Name} gives {mine.Requirement}, but under "
            + $"the model's {model.Name} a value must be {theirs.Requirement}. {Remedy(theirs)}");

    /// <summary>One is discrete, the other not.</summary>
    public ModelException OfOtherKind(Constraint mine, Constraint theirs) => isAutomatic ? Changed(mine, theirs) : new(ModelError.SupportsDiffer,
        latent.Name, $"the guide's {guide.Name} is {Kind(mine)} ({mine.Requirement}), the model's {model.Name} {Kind(theirs)} "
            + $"({theirs.Requirement}), so that a probability would be compared with a density. {Remedy(theirs)}");

    /// <summary>One gives single values a probability, the other has a density there.</summary>
    public ModelException OfOtherMeasure(string? inGuide, string? inModel) => new(ModelError.SupportsDiffer, latent.Name,
        $"the guide's {guide.Name} {Measure(inGuide)}, but the model's {model.Name} {Measure(inModel)}, so that a probability would be compared with "
            + "a density. Draw the number behind a report with limits as the latent, and compute the report from it; a point is a Delta.");

    /// <summary>The model's site is an angle, or the image of one, and the guide draws more than one turn of it.</summary>
    public ModelException BeyondOneTurn(Constraint mine) => new(ModelError.SupportsDiffer, latent.Name,
        $"the model's {model.Name} is circular: numbers a turn apart are the same value, and the guide's {guide.Name} gives {mine.Requirement}, more "
            + "than one turn, so that the loss is no bound of anything. Let the guide draw it from a circular family, such as VonMises, or from one "
            + "on an interval of one turn at most; AutoNormal does so, too.");

    /// <summary>One lies in a space of fewer dimensions.</summary>
    public ModelException OfOtherDimension(Constraint mine, Constraint theirs, long free, long wanted) => isAutomatic ? Changed(mine, theirs)
        : new(ModelError.SupportsDiffer, latent.Name, $"the guide's {guide.Name} has {free} free numbers in values of shape {Whole} "
            + $"({mine.Requirement}), the model's {model.Name} has {wanted} ({theirs.Requirement}), so that their densities cannot be compared. "
            + Remedy(theirs));

    /// <summary>The support is another than the one that an automatic guide has met.</summary>
    private ModelException Changed(Constraint mine, Constraint theirs) => new(ModelError.SupportsDiffer, latent.Name,
        $"its support changes: the automatic guide gives {mine.Requirement}, as the model had it when the guide first ran, but now the "
            + $"model's {model.Name} wants {theirs.Requirement}. Give what follows another family another name, or write this part of the guide by "
            + "hand and join both in an AutoGuideList.");

    private static string Measure(string? masses) => masses is null ? "has a density alone" : $"has none alone: {masses}";

    private static string Kind(Constraint support) => support.IsDiscrete ? "discrete" : "continuous";

    private static string Remedy(Constraint support) =>
        $"Let the guide draw it from a family on the site's support{Example(support)}{Transform(support)}; a point is a Delta.";

    private static string Transform(Constraint support) => support.IsDiscrete
        ? ""
        : ", or from a TransformedDistribution of a Normal by ConstraintRegistry.BijectTo(support), as automatic guides do";

    private static string Example(Constraint support) => support.Name switch
    {
        "real" => ", such as Normal",
        "positive" or "nonnegative" or "softplus positive" => ", such as LogNormal or Gamma",
        "unit interval" or "open unit interval" => ", such as Beta",
        "simplex" => ", such as Dirichlet",
        "boolean" => ", such as Bernoulli",
        "nonnegative integer" => ", such as Poisson",
        "integer interval" => ", such as Categorical",
        _ => "",
    };

    private IEnumerable<Tensor> Points(Constraint support)
    {
        if (support.Bijection is not { } map)
        {
            yield return drawn.Value;
            yield break;
        }
        RandomKey key = RandomKey.FromSeed(0).Child("probes of a support");
        Shape free = [Probes, .. map.InverseShape(Whole)];
        double[] radii = map.Domain.EventRank == 0 ? RadiiOfNumbers : RadiiOfArrays;
        for (int i = 0; i < radii.Length; i++)
        {
            yield return map.Forward((radii[i] * key.Child(i).Normal(free, DType.Float64)).Clamp(-FarthestNumber, FarthestNumber));
        }
    }

    private long? FreeCount(Constraint support) => support.IsEverything ? Whole.Count : support.Bijection?.InverseShape(Whole).Count;
}
