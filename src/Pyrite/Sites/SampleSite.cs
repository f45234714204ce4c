namespace Pyrite;

/// <summary>A random variable: drawn, or observed.</summary>
public sealed class SampleSite : Site
{
    private Tensor? value;
    private Tensor? logProb;

    internal SampleSite(string name, Distribution distribution, Tensor? observed)
        : base(name)
    {
        Distribution = distribution;
        value = observed;
        IsObserved = observed is not null;
    }

    /// <summary>What the variable follows; inside plates it is expanded to their sizes.</summary>
    public Distribution Distribution { get; set; }

    /// <inheritdoc/>
    public override Tensor Value
    {
        get => value ?? throw new InvalidOperationException($"Site \"{Name}\" has no value yet: it is read before a handler or the draw decided it. Read it in After, or set it.");
        set
        {
            this.value = value;
            logProb = null;
        }
    }

    /// <inheritdoc/>
    public override bool HasValue => value is not null;

    /// <summary>Whether the value is data.</summary>
    public bool IsObserved { get; set; }

    /// <summary>The key of the draw; without one, a fresh key of the thread's counter.</summary>
    public RandomKey? Key { get; set; }

    /// <summary>The factor on the log-density, from subsampling plates and scale handlers.</summary>
    public double Scale { get; set; } = 1;

    /// <summary>Where the log-density counts: Bool, broadcast against it; everywhere if null.</summary>
    public Tensor? Mask { get; set; }

    /// <summary>The log-density of the value with mask and scale applied, one number for each batch entry.</summary>
    /// <exception cref="ModelException">The distribution refuses the value.</exception>
    public Tensor LogProb()
    {
        if (logProb is not null)
        {
            return logProb;
        }
        try
        {
            Tensor result = Distribution.LogProb(Value);
            if (Mask is not null)
            {
                result = Tensor.Where(Mask, result, 0.0);
            }
            return logProb = Scale == 1 ? result : result * Scale;
        }
        catch (ArgumentException refusal)
        {
            string role = IsObserved ? "its observation" : "its value";
            throw new ModelException(Name, $"{role} of shape {Value.Shape} does not suit its distribution. {refusal.Message}", refusal);
        }
    }

    internal override void Before(Handler handler) => handler.Before(this);

    internal override void After(Handler handler) => handler.After(this);

    internal override void ApplyDefault()
    {
        ExpandToPlates();
        value ??= Distribution.Sample(Key ?? AmbientKey.Next());
    }

    /// <summary>Inside plates a distribution of smaller batch shape stands for independent copies.</summary>
    private void ExpandToPlates()
    {
        Shape batch = Distribution.BatchShape;
        Shape target = batch;
        foreach (PlateFrame plate in PlateFrames)
        {
            if (target.Rank < -plate.Dimension)
            {
                int[] ones = new int[-plate.Dimension - target.Rank];
                Array.Fill(ones, 1);
                target = Shape.Create(ones) + target;
            }
            if (target[plate.Dimension] == 1 && plate.SubsampleSize != 1)
            {
                target = target.Replace(plate.Dimension, plate.SubsampleSize);
            }
        }
        if (target != batch)
        {
            Distribution = Distribution.Expand(target);
        }
    }
}
