using Pyrite.Language;
using Pyrite.Language.Sites;

namespace Pyrite;

/// <summary>A random variable: drawn, or observed.</summary>
public sealed class SampleSite : Site
{
    private Tensor? value;
    private Tensor? density;
    private Tensor? logProb;

    internal SampleSite(string name, Distribution distribution, Tensor? observed)
        : base(name)
    {
        Distribution = distribution;
        value = observed;
        Observation = observed;
        IsObserved = observed is not null;
    }

    /// <summary>What the variable follows; inside plates it is expanded to their sizes.</summary>
    public Distribution Distribution { get; set; }

    /// <inheritdoc/>
    public override Tensor Value
    {
        get =>
            value
                ?? throw new InvalidOperationException(
                    $"Site \"{Name}\" has no value yet: it is read before a handler or the draw decided it. Read it in After, or set it.");
        set
        {
            this.value = value;
            Forget();
        }
    }

    /// <inheritdoc/>
    public override bool HasValue => value is not null;

    /// <summary>Whether the value is data.</summary>
    public bool IsObserved { get; set; }

    /// <summary>The data that the statement gave, also where a handler made the site draw instead; null for a latent site.</summary>
    public Tensor? Observation { get; }

    /// <summary>Whether only the guide has this site, on purpose.</summary>
    public bool IsAuxiliary { get; init; }

    /// <summary>Whether only the model has this latent site, on purpose: it is drawn from its prior.</summary>
    public bool IsFromPrior { get; init; }

    /// <summary>What the model tells inference about this site.</summary>
    public SiteOptions Options { get; set; } = SiteOptions.None;

    /// <summary>The key of the draw; without one, a fresh key of the thread's counter.</summary>
    public RandomKey? Key { get; set; }

    /// <summary>The factor on the log-density, from subsampling plates and scale handlers.</summary>
    public double Scale { get; set; } = 1;

    /// <summary>Factors on the log-density that differ between entries: broadcast against it; 1 if null.</summary>
    public Tensor? Weight { get; set; }

    /// <summary>Where the log-density counts: Bool, broadcast against it; everywhere if null.</summary>
    public Tensor? Mask { get; set; }

    /// <summary>Where the site is about its batch at all, if it is one half of a partly observed statement: Bool, broadcast against the batch; see
    /// <see cref="BatchPart"/>.</summary>
    internal Tensor? PartMask { get; init; }

    /// <summary>Which entries of its data a partly observed statement was given as there, for both of its halves; null elsewhere.</summary>
    internal Tensor? PartFlags { get; init; }

    /// <summary>The round of a loop that it is, where rounds have sites of their own; null elsewhere.</summary>
    internal SeriesRound? Round { get; set; }

    /// <summary>In which steps of loops of Markov it is stated, innermost first.</summary>
    internal MarkovStep[] Steps { get; set; } = [];

    /// <summary>Whether it is a part of the density of a latent site, which has its value from there.</summary>
    internal bool IsTermOfLatent { get; set; }

    /// <summary>Whether it stands for another site that is drawn by it in every round of a loop, so that it is not taken apart again.</summary>
    internal bool IsRestated { get; init; }

    /// <summary>Decides value and log-density, mask applied, together.</summary>
    internal void Settle(Tensor decided, Tensor? logDensity)
    {
        if (!ReferenceEquals(value, decided))
        {
            Value = decided;
        }
        density = logDensity;
    }

    /// <summary>Whether the site has all its values, at once or run by run, so that no guide draws it.</summary>
    internal bool IsSummedOut { get; set; }

    /// <summary>Drops the value, data or not: the site will be drawn.</summary>
    public void Unobserve()
    {
        value = null;
        Forget();
        IsObserved = false;
    }

    /// <summary>The log-density of the value with mask and scale applied, one number for each batch entry.</summary>
    /// <returns>The batch dimensions, aligned from the right with those of the plates.</returns>
    /// <exception cref="ModelException">The distribution refuses the value.</exception>
    public Tensor LogProb()
    {
        if (logProb is null)
        {
            Tensor result = UnscaledLogProb();
            result = Weight is null ? result : result * Weight;
            logProb = Scale == 1 ? result : result * Scale;
        }
        return logProb;
    }

    /// <summary>The log-density together with the plates that its dimensions belong to.</summary>
    /// <exception cref="ModelException">The distribution refuses the value.</exception>
    public PlateTensor LogProbByPlate() => new(LogProb(), PlateFrames);

    /// <summary>The log-density with the mask but without scale and weight: that of the draw itself.</summary>
    /// <exception cref="ModelException">The distribution refuses the value.</exception>
    internal Tensor UnscaledLogProb()
    {
        if (density is not null)
        {
            return density;
        }
        if (Mask is not null && PlateShape.TryBroadcast(Mask.Shape, Distribution.BatchShape) is null)
        {
            throw new ModelException(ModelError.ObservationMask, Name,
                $"a MaskHandler around it has a mask of shape {Mask.Shape}, which does not broadcast with its batch shape {Distribution.BatchShape}. "
                    + "Give one flag for each batch entry, or open the handler around other sites.");
        }
        try
        {
            // What is masked out may be anything, also NaN, so the mask belongs inside the density.
            return density = (Mask is null ? Distribution : Distribution.Mask(Mask)).LogProb(Value);
        }
        catch (ArgumentException refusal)
        {
            throw Refusal(refusal);
        }
    }

    internal override void Before(Handler handler) => handler.Before(this);

    internal override void After(Handler handler) => handler.After(this);

    internal override void ApplyDefault()
    {
        ExpandToPlates();
        if (Mask is not null || ParameterRefusals.Any || Distribution.HoldsMask)
        {
            ParameterRefusals.Recheck(Distribution, Mask);
        }
        value ??= Distribution.Sample(Key ?? AmbientKey.Next());
    }

    /// <summary>Inside plates a distribution of smaller batch shape stands for independent copies.</summary>
    internal void ExpandToPlates()
    {
        if (PlateFrames.Length > 0)
        {
            Shape target = PlateShape.Extend(Distribution.BatchShape, PlateFrames);
            Distribution = target == Distribution.BatchShape ? Distribution : Distribution.Expand(target);
        }
    }

    /// <summary>The error of a distribution that refuses the value.</summary>
    internal ModelException Refusal(ArgumentException refusal)
    {
        string role = IsObserved ? "its observation" : "its value";
        Shape events = Distribution.EventShape;
        Shape found = Value.Shape;
        bool fits = found.Rank >= events.Rank && found[^events.Rank..] == events;
        if (fits && PlateShape.TryBroadcast(found[..^events.Rank], Distribution.BatchShape) is not null)
        {
            string mending = IsObserved
                ? "Correct the data, choose a family that allows them, or mark missing entries with observedMask"
                : "The value comes from the guide or from a handler: let the guide draw it from a family of the same support, such as LogNormal for "
                    + "positive numbers";
            return new ModelException(ModelError.OutsideSupport, Name,
                $"{role} of shape {found} does not suit its distribution. {ModelException.WithoutParameter(refusal)} {mending}.", refusal);
        }
        string remedy = fits
            ? "Give the distribution's parameters and the value batch dimensions that agree, or open a plate of the right size"
            : $"The last axes of the value must be the event shape {events}: call ToEvent, or reshape the value";
        return new ModelException(ModelError.ValueShape, Name,
            $"{role} of shape {found} does not suit its distribution {Distribution.Name} with batch shape {Distribution.BatchShape} and event "
                + $"shape {events}. {remedy}.", refusal);
    }

    private void Forget()
    {
        density = null;
        logProb = null;
    }
}
