using Pyrite.Language;

namespace Pyrite.Inference.Potentials;

/// <summary>One run of a model at unconstrained numbers.</summary>
internal sealed class ModelRun
{
    private readonly UnconstrainedHandler handler;

    private ModelRun(Trace trace, UnconstrainedHandler handler)
    {
        Trace = trace;
        this.handler = handler;
    }

    /// <summary>The record of the run.</summary>
    public Trace Trace { get; }

    /// <summary>Runs a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="numbers">The unconstrained numbers of each latent site; null to draw it.</param>
    /// <param name="key">Where draws come from.</param>
    /// <exception cref="SiteFailure">The model failed, at or after a site.</exception>
    public static ModelRun Of(Action model, Func<SampleSite, Tensor?> numbers, RandomKey key)
    {
        UnconstrainedHandler handler = new(numbers);
        TraceHandler recorder = new();
        using RunScope run = HandlerStack.BeginRun();
        using ParameterRefusals.Scope refusals = ParameterRefusals.Begin();
        using HandlerScope outer = recorder.Enter();
        new SeedHandler(key).Enter();
        handler.Enter();
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
        return new ModelRun(recorder.Trace, handler);
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

    private static Tensor Score(SampleSite site)
    {
        try
        {
            return site.LogProb();
        }
        catch (ModelException refusal) when (refusal.Kind == ModelError.OutsideSupport)
        {
            throw new SiteFailure($"at site \"{site.Name}\"", refusal);
        }
        catch (ArithmeticException failure)
        {
            throw new SiteFailure($"at site \"{site.Name}\"", failure);
        }
    }
}
