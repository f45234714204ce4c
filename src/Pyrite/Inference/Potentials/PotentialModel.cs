using Pyrite.Inference.Diagnostics;
using Pyrite.Inference.Enumeration;
using Pyrite.Language.Sites;

namespace Pyrite.Inference.Potentials;

/// <summary>A model with what is known of its sites; shared by all chains.</summary>
internal sealed class PotentialModel
{
    private static readonly RandomKey Key = RandomKey.FromSeed(0).Child("mcmc model");

    private readonly Action model;
    private readonly Dictionary<string, int> siteNumbers = [];
    private readonly string[] deterministics;

    private PotentialModel(Action model, List<PotentialSite> sites, List<PotentialSite> quantities, string[] deterministics)
    {
        this.model = model;
        this.deterministics = deterministics;
        Sites = sites;
        Quantities = quantities;
        Shapes = sites.ConvertAll(site => site.UnconstrainedShape);
        Dimension = sites.Sum(site => site.Count);
        QuantityCount = quantities.Sum(quantity => (int)quantity.Shape.Count);
        for (int i = 0; i < sites.Count; i++)
        {
            siteNumbers[sites[i].Name] = i;
        }
    }

    public IReadOnlyList<PotentialSite> Sites { get; }

    public IReadOnlyList<PotentialSite> Quantities { get; }

    public IReadOnlyList<Shape> Shapes { get; }

    public int Dimension { get; }

    public int QuantityCount { get; }

    /// <summary>Looks at a model by running it once.</summary>
    /// <param name="model">The model.</param>
    /// <param name="given">Values at which it is known to work; null for none.</param>
    public static PotentialModel Of(Action model, IReadOnlyDictionary<string, Tensor>? given)
    {
        // Outside of any step scope, so that data which the model makes at first use stays.
        using Precision.Scope precision = Precision.Use(DType.Float64);
        using NoGradient.Scope untracked = NoGradient.Begin();
        ModelRun run = DiscoveryRun.Of(model, given, Key);
        foreach (PlateFrame plate in run.Trace.Plates.Where(plate => plate.SubsampleSize != plate.Size))
        {
            throw new ModelException(plate.Name,
                $"the plate looks at {plate.SubsampleSize} of {plate.Size} entries. MCMC needs the whole data in every gradient: leave subsampleSize "
                    + "out, or use Svi.");
        }
        foreach (SampleSite site in run.Trace.SampleSites.Where(EnumerationChoice.IsSummed))
        {
            FiniteSupport.Require(site);
        }
        List<PotentialSite> sites = [], quantities = [];
        int offset = 0, at = 0;
        foreach (SampleSite site in run.Trace.SampleSites.Where(IsSampled))
        {
            BatchPart? part = BatchPart.Of(site);
            if (part is { Count: 0 })
            {
                continue;
            }
            Shape shape = site.Distribution.BatchShape + site.Distribution.EventShape;
            SamplerSpace space = SamplerSpace.Of(site);
            Shape free = space.NumbersOf(shape);
            SiteAxes axes = SiteAxes.Of(site, site.Distribution.BatchShape.Rank, shape, part);
            if (part is not null)
            {
                (shape, free) = (part.Shorten(shape), part.Shorten(free));
            }
            PotentialSite latent =
                new(site.Name, shape, free, offset, site.Distribution.Support.Requirement, axes.Dimensions)
                {
                    Names = axes.Names,
                    IsCircular = site.Distribution.IsCircular,
                    HasSurplus = !space.Map.IsBijective,
                    Part = part
                };
            sites.Add(latent);
            quantities.Add(latent with { Offset = at });
            offset += (int)free.Count;
            at += (int)shape.Count;
        }
        if (offset == 0)
        {
            throw new ModelException(null, run.Trace.SampleSites.Any(EnumerationChoice.IsSummed)
                ? "All latent sites of the model are discrete and are summed out, so there is nothing to sample. Use Discrete.Infer, which "
                    + "gives their "
                    + "posterior exactly."
                : "The model has no latent site, so there is nothing to sample. Leave out observed: where a variable is unknown.");
        }
        ModelException? refusal = CheckPlates(run.Trace);
        (EnumerationPlan? plan, HashSet<string> lifted) = PlanOf(model, run.Trace);
        List<string> deterministics = [];
        foreach (DeterministicSite site in run.Trace.Sites.OfType<DeterministicSite>()
            .Where(site => !site.IsCompletion && !lifted.Contains(site.Name)))
        {
            BatchPart? part = site.PartMask is null ? null : BatchPart.Of(site.PartMask, site.BatchShape);
            if (part is { Count: 0 })
            {
                continue;
            }
            Shape shape = part is null ? site.Value.Shape : part.Shorten(site.Value.Shape);
            SiteAxes axes = SiteAxes.Of(site, site.BatchShape.Rank, site.Value.Shape, part);
            quantities.Add(
                new PotentialSite(site.Name, shape, shape, at, "deterministic", axes.Dimensions)
                {
                    Names = axes.Names,
                    DType = DrawsType.Of(site),
                    Part = part
                });
            at += checked((int)shape.Count);
            deterministics.Add(site.Name);
        }
        return new PotentialModel(model, sites, quantities, [.. deterministics]) { Refusal = refusal, Plan = plan, LeftOut = [.. lifted] };
    }

    /// <summary>The error of an observation that did not suit its distribution in the first run; null where all did.</summary>
    public ModelException? Refusal { get; private init; }

    /// <summary>The model itself.</summary>
    public Action Model => model;

    /// <summary>How discrete sites are summed out; null where there are none.</summary>
    public EnumerationPlan? Plan { get; private init; }

    /// <summary>Deterministic sites that depend on a site that is summed out.</summary>
    public IReadOnlyList<string> LeftOut { get; private init; } = [];

    /// <summary>Says once which sites have no draws.</summary>
    public void NoteLeftOut(RunMessages notes)
    {
        if (LeftOut.Count > 0)
        {
            notes.Add("left out",
                $"{string.Join(", ", LeftOut)} depend on discrete sites that are summed out, and have no draws; compute them from draws of "
                    + "result.Discrete.");
        }
    }

    /// <summary>Runs the model at variables, one per site.</summary>
    public ModelRun Run(Tensor[] variables)
    {
        ModelRun run = Plan is null ? ModelRun.Of(model, site => InWhole(site, variables), Key)
            : ModelRun.Summed(model, site => InWhole(site, variables), Key);
        foreach (PotentialSite known in Sites)
        {
            if (known.Part is not null && run.Trace.Find(known.Name) is SampleSite site && BatchPart.Of(site) is { Count: 0 } none)
            {
                throw OthersMissing(site, known, none);
            }
        }
        return run;
    }

    /// <summary>The log-density and, with room for it, the gradient, by running the model.</summary>
    /// <param name="point">Unconstrained numbers.</param>
    /// <param name="gradient">Room for the gradient, or none.</param>
    /// <param name="withJacobian">Whether volume changes count.</param>
    /// <param name="isRare">Whether the model runs now and then only, so that a plan of its program would not pay.</param>
    public double Evaluate(ReadOnlySpan<double> point, Span<double> gradient, bool withJacobian, bool isRare)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        using NoGradient.Scope tracked = NoGradient.Suspend();
        using StepScope scope = StepScope.Begin();
        if (isRare)
        {
            scope.RecordAfresh();
        }
        Tensor[] variables = ReplayedFunction.Split(point, Shapes);
        Tensor value = Run(variables).LogDensity(withJacobian);
        try
        {
            Tensor?[] gradients = gradient.Length == 0 || !value.RequiresGradient ? [] : Gradient.OrNull(value, variables);
            for (int i = 0; i < Sites.Count && gradient.Length > 0; i++)
            {
                Span<double> part = gradient.Slice(Sites[i].Offset, Sites[i].Count);
                if (i < gradients.Length && gradients[i] is { } found)
                {
                    found.ToArray<double>().CopyTo(part);
                }
                else
                {
                    part.Clear();
                }
            }
            return value.Item();
        }
        catch (Exception failure) when (failure is ArgumentException or ArithmeticException)
        {
            throw new SiteFailure("in the density", failure);
        }
    }

    /// <summary>The program of all quantities; null where they cannot be recorded.</summary>
    public ReplayedFunction? RecordQuantities(ReadOnlySpan<double> point)
    {
        try
        {
            return ReplayedFunction.TryRecord(Quantity, Shapes, point, withGradient: false);
        }
        catch (SiteFailure)
        {
            return null;
        }
    }

    /// <summary>All quantities by running the model.</summary>
    public void ComputeQuantities(ReadOnlySpan<double> point, Span<double> values)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        using StepScope scope = StepScope.Begin();
        Tensor[] results;
        try
        {
            results = Quantity(ReplayedFunction.Split(point, Shapes));
        }
        catch (SiteFailure failure)
        {
            throw new ModelException(null, $"The model failed {failure.Message}", failure.InnerException);
        }
        for (int i = 0; i < results.Length; i++)
        {
            results[i].ToArray<double>().CopyTo(values[Quantities[i].Offset..]);
        }
    }

    /// <summary>The point of given values; a site without a value is refused.</summary>
    public double[] Unconstrain(IReadOnlyDictionary<string, Tensor> values)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        using StepScope scope = StepScope.Begin();
        using NoGradient.Scope untracked = NoGradient.Begin();
        double[] point = new double[Dimension];
        ModelRun.Of(model, site => Numbers(site, values, point), Key);
        return point;
    }

    /// <summary>A point drawn from the priors.</summary>
    public double[] Prior(RandomKey key)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        using StepScope scope = StepScope.Begin();
        using NoGradient.Scope untracked = NoGradient.Begin();
        double[] point = new double[Dimension];
        foreach (SampleSite site in ModelRun.Of(model, _ => null, key).Trace.SampleSites.Where(IsSampled))
        {
            Write(site, site.Value, point);
        }
        return point;
    }

    /// <summary>The sites whose supports are described otherwise at a point than where the model was first seen.</summary>
    public IReadOnlySet<string> VaryingSupports(ReadOnlySpan<double> point)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        using NoGradient.Scope untracked = NoGradient.Begin();
        try
        {
            using ModelRun run = Run(ReplayedFunction.Split(point, Shapes));
            return run.Trace.SampleSites.Where(site => IsSampled(site) && site.Distribution.Support.Requirement != Sites[NumberOf(site)].Support)
                .Select(site => site.Name).ToHashSet();
        }
        catch (SiteFailure)
        {
            return new HashSet<string>();
        }
    }

    /// <summary>Whether a site is sampled: latent, and not summed out.</summary>
    private static bool IsSampled(SampleSite site) => !site.IsObserved && !EnumerationChoice.IsSummed(site);

    /// <summary>Looks at a model with all values of its discrete sites at once, where it was first seen.</summary>
    /// <returns>How the sites are summed out, null where there are none; and the deterministic sites that depend on them.</returns>
    private static (EnumerationPlan? Plan, HashSet<string> Lifted) PlanOf(Action model, Trace seen)
    {
        if (!seen.SampleSites.Any(EnumerationChoice.IsSummed))
        {
            return (null, []);
        }
        using StepCheck.Suspension checks = StepCheck.Suspend();
        using StepScope step = StepScope.Begin();
        step.RecordAfresh();
        ModelRun run = ModelRun.Summed(model,
            site => seen.Find(site.Name) is SampleSite { HasValue: true } known ? SamplerSpace.Of(site).NumbersOf(known.Value) : null, Key);
        EnumeratedRuns runs = run.Enumerated!;
        HashSet<string> lifted = [.. runs.Runs.SelectMany(one => one.Trace.Sites.OfType<DeterministicSite>()
            .Where(site => one.Choices.Count > 0 || one.Scope.Find(site.Value) is not null)).Select(site => site.Name)];
        return (EnumerationPlan.Of(runs), lifted);
    }

    /// <summary>Checks shapes, which takes scores. That an observation does not suit its distribution may be due to the point; what says so is kept
    /// for the case that it never does.</summary>
    private static ModelException? CheckPlates(Trace trace)
    {
        try
        {
            trace.ScoreAll("model");
            return null;
        }
        catch (ModelException refusal) when (refusal.Kind == ModelError.OutsideSupport)
        {
            using StepCheck.Suspension checks = StepCheck.Suspend();
            trace.ScoreAll("model");
            return refusal;
        }
    }

    /// <summary>The unconstrained numbers of the whole site; those of entries that are data are constants.</summary>
    /// <exception cref="ModelException">The entries that are missing have changed.</exception>
    private Tensor InWhole(SampleSite site, Tensor[] variables)
    {
        if (site.PartMask is null)
        {
            return variables[NumberOf(site)];
        }
        BatchPart? part = BatchPart.Of(site);
        PotentialSite? known = siteNumbers.TryGetValue(site.Name, out int number) ? Sites[number] : null;
        if (known is null || !(part is null ? known.Part is null : part.IsLike(known.Part)))
        {
            throw OthersMissing(site, known, part);
        }
        return part is null ? variables[number] : known.Part!.Spread(variables[number], variables[number].Rank - 1, SamplerSpace.Of(site).Filler);
    }

    private static ModelException OthersMissing(SampleSite site, PotentialSite? known, BatchPart? part) => new(ModelError.ObservationMask, site.Name,
        $"other entries are missing ({(object?)part ?? "all"}) than when the model ran first "
            + $"({(known is null ? "none" : (object?)known.Part ?? "all")}). For MCMC the mask of observed entries must be the same in every run: "
            + "compute it from data alone.");

    private void Write(SampleSite site, Tensor value, double[] point)
    {
        if (BatchPart.Of(site) is { Count: 0 })
        {
            return;
        }
        PotentialSite known = Sites[NumberOf(site)];
        Tensor free = SamplerSpace.Of(site).NumbersOf(value);
        (known.Part is null ? free : known.Part.Choose(free, known.UnconstrainedShape.Rank - 1)).ToArray<double>()
            .CopyTo(point.AsSpan(known.Offset, known.Count));
    }

    private Tensor? Numbers(SampleSite site, IReadOnlyDictionary<string, Tensor> values, double[] point)
    {
        PotentialSite known = Sites[NumberOf(site)];
        if (!values.TryGetValue(site.Name, out Tensor? value))
        {
            throw new ModelException(site.Name,
                $"no value was given. Give one for every latent site: {string.Join(", ", Sites.Select(one => one.Name))}.");
        }
        Shape whole = site.Distribution.BatchShape + site.Distribution.EventShape;
        if (known.Part is { } part && value.Shape == known.Shape)
        {
            // Entries that are data may be anything in the support.
            value = part.Spread(value, known.Shape.Rank - 1, site.Distribution.Support.ValueInside(Tensor.Zeros(whole, value.DType)));
        }
        if (value.Shape != whole)
        {
            throw new ModelException(site.Name, $"a value of shape {value.Shape} was given; the site has shape {known.Shape}.");
        }
        if (!site.Distribution.Support.Check(value).All())
        {
            throw new ModelException(ModelError.OutsideSupport, site.Name, $"the value {value} was given, but it must be {known.Support}.");
        }
        Tensor free = SamplerSpace.Of(site).NumbersOf(value);
        (known.Part is null ? free : known.Part.Choose(free, known.UnconstrainedShape.Rank - 1)).ToArray<double>().CopyTo(point.AsSpan(known.Offset));
        return free;
    }

    private Tensor[] Quantity(Tensor[] variables)
    {
        Trace trace = Run(variables).Trace;
        Tensor[] results = new Tensor[Quantities.Count];
        for (int i = 0; i < results.Length; i++)
        {
            Tensor value = trace[i < Sites.Count ? Sites[i].Name : deterministics[i - Sites.Count]].Value;
            value = Quantities[i] is { Part: { } part } quantity ? part.Choose(value, quantity.Shape.Rank - 1) : value;
            results[i] = value.IsWeak || value.DType != DType.Float64 ? value.To(DType.Float64) : value;
        }
        return results;
    }

    private int NumberOf(SampleSite site) => siteNumbers.TryGetValue(site.Name, out int number)
        ? number
        : throw new ModelException(site.Name,
            "this latent site was not there when the model ran first. For MCMC the sites of a model must be the same in every run: state it before "
                + "the branch, in every run, and let the branch decide what is made of it.");
}
