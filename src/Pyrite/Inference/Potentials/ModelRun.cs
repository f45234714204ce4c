using Pyrite.Inference.Enumeration;
using Pyrite.Language;

namespace Pyrite.Inference.Potentials;

/// <summary>One run of a model at unconstrained numbers.</summary>
internal sealed class ModelRun : IDisposable
{
    private readonly UnconstrainedHandler handler;

    private readonly EnumeratedRuns? enumerated;

    private ModelRun(Trace trace, UnconstrainedHandler handler, EnumeratedRuns? enumerated)
    {
        Trace = trace;
        this.handler = handler;
        this.enumerated = enumerated;
    }

    /// <summary>The record of the run; the first one where sequential sites ask for several.</summary>
    public Trace Trace { get; }

    /// <summary>The runs whose discrete sites have all their values at once; null where they were drawn.</summary>
    public EnumeratedRuns? Enumerated => enumerated;

    /// <summary>Runs a model; discrete sites that can be summed out are drawn.</summary>
    /// <param name="model">The model.</param>
    /// <param name="numbers">The unconstrained numbers of each latent site; null to draw it.</param>
    /// <param name="key">Where draws come from.</param>
    /// <exception cref="SiteFailure">The model failed, at or after a site.</exception>
    public static ModelRun Of(Action model, Func<SampleSite, Tensor?> numbers, RandomKey key)
    {
        UnconstrainedHandler handler = new(numbers);
        return new ModelRun(TraceOf(model, handler, null, key), handler, null);
    }

    /// <summary>Runs a model whose discrete sites are summed out; outside of a step scope the run must be disposed.</summary>
    /// <param name="model">The model.</param>
    /// <param name="numbers">The unconstrained numbers of each continuous latent site.</param>
    /// <param name="key">Where draws come from.</param>
    /// <exception cref="SiteFailure">The model failed, at or after a site.</exception>
    public static ModelRun Summed(Action model, Func<SampleSite, Tensor?> numbers, RandomKey key)
    {
        // It ends with the step: scores are taken later.
        LiftingScope scope = LiftingScope.Begin();
        UnconstrainedHandler? first = null;
        try
        {
            EnumeratedRuns runs = EnumeratedRuns.Of(scope, EnumerationChoice.IsSummed, enumeration =>
            {
                UnconstrainedHandler handler = new(numbers);
                first ??= handler;
                return TraceOf(model, handler, enumeration, key);
            });
            return new ModelRun(runs.Runs[0].Trace, first!, runs);
        }
        catch
        {
            scope.Dispose();
            throw;
        }
    }

    /// <summary>Ends the lifting of discrete sites, of which nothing is asked any more; inside of a step it ends with that.</summary>
    public void Dispose() => enumerated?.Runs[0].Scope.Dispose();

    private static Trace TraceOf(Action model, UnconstrainedHandler handler, EnumerationHandler? enumeration, RandomKey key)
    {
        TraceHandler recorder = new();
        using RunScope run = HandlerStack.BeginRun();
        using ParameterRefusals.Scope refusals = ParameterRefusals.Begin();
        using HandlerScope outer = recorder.Enter();
        new SeedHandler(key).Enter();
        handler.Enter();
        enumeration?.Enter();
        HandlerStack.RunIsBegun();
        try
        {
            model();
            HandlerStack.RequireNoTrespass();
            ParameterRefusals.RequireNone();
        }
        catch (Exception failure) when (ForeignThread.Refusal(failure, recorder.Trace) is { } refusal)
        {
            throw refusal;
        }
        catch (Exception failure) when (failure is ArgumentException or ArithmeticException
            or ModelException { Kind: ModelError.ParameterOutsideConstraint })
        {
            Site? last = recorder.Trace.Sites.LastOrDefault();
            throw new SiteFailure(last is null ? "before the first site" : $"after site \"{last.Name}\"", ParameterRefusals.First ?? failure);
        }
        return recorder.Trace;
    }

    /// <summary>The log-density of the run: all random variables, and the volume changes if wanted.</summary>
    /// <exception cref="SiteFailure">A value does not suit its distribution.</exception>
    public Tensor LogDensity(bool withJacobian)
    {
        Tensor? total = withJacobian ? handler.LogJacobian : null;
        if (withJacobian && handler.LogPlaceholder is { } placeholder)
        {
            total = total is null ? placeholder : total + placeholder;
        }
        if (enumerated is not null)
        {
            RequireSame(enumerated);
            Tensor evidence = Failed(enumerated.LogEvidence);
            return (total is null ? evidence : total + evidence).To(DType.Float64);
        }
        foreach (SampleSite site in Trace.SampleSites)
        {
            Tensor term = Score(site).Sum();
            total = total is null ? term : total + term;
        }
        return (total ?? 0.0).To(DType.Float64);
    }

    /// <summary>The log-density of each random variable by name; NaN with a reason where it cannot be computed.</summary>
    public IReadOnlyList<(SampleSite Site, double LogDensity)> Terms()
    {
        List<(SampleSite, double)> terms = [];
        foreach (SampleSite site in Trace.SampleSites)
        {
            if (enumerated is not null && enumerated.Runs[0].Scope.Find(Score(site)) is not null)
            {
                continue;
            }
            try
            {
                terms.Add((site, Score(site).Sum().Item()));
            }
            catch (Exception failure) when (failure is SiteFailure or ArgumentException or ArithmeticException)
            {
                terms.Add((site, double.NaN));
            }
        }
        return terms;
    }

    private static Tensor Score(SampleSite site) => Failed(site.LogProb, site.Name);

    private static Tensor Failed(Func<Tensor> score, string? name = null)
    {
        try
        {
            return score();
        }
        catch (ModelException refusal) when (refusal.Kind == ModelError.OutsideSupport)
        {
            throw new SiteFailure($"at site \"{refusal.Site}\"", refusal);
        }
        catch (ArithmeticException failure)
        {
            throw new SiteFailure(name is null ? "in the sum over discrete sites" : $"at site \"{name}\"", failure);
        }
    }

    /// <summary>Refuses runs with other continuous sites, and supports that depend on a site that is summed out.</summary>
    private void RequireSame(EnumeratedRuns runs)
    {
        string[] sites = Continuous(runs.Runs[0]);
        foreach (EnumeratedRun run in runs.Runs)
        {
            if (!Continuous(run).SequenceEqual(sites))
            {
                throw new ModelException(ModelError.EnumerationImpossible, run.Choices[^1].Name,
                    $"with one value the model has the continuous sites {string.Join(", ", sites)}, with another "
                        + $"{string.Join(", ", Continuous(run))}. A "
                        + "sampler needs the same ones for all values: state them before the branch.");
            }
        }
        if (handler.LogJacobian is { } change && runs.Runs[0].Scope.Find(change) is { } lifted)
        {
            throw new ModelException(ModelError.EnumerationImpossible, lifted.Axes[0].Whole.Name,
                "the support of a continuous site depends on it, so that the continuous site has another map from the reals for each value. Give the "
                    + "continuous site a fixed support, and scale or shift it afterwards.");
        }

        static string[] Continuous(EnumeratedRun run) =>
            [.. run.Trace.SampleSites.Where(site => !site.IsObserved && !EnumerationChoice.IsSummed(site)).Select(site => site.Name)];
    }
}
