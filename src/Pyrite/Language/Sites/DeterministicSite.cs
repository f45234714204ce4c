namespace Pyrite;

/// <summary>A named result worth keeping in traces and predictions.</summary>
public sealed class DeterministicSite : Site
{
    internal DeterministicSite(string name, Tensor value, int? eventDimensions)
        : base(name)
    {
        Value = value;
        EventDimensions = eventDimensions;
    }

    /// <inheritdoc/>
    public override Tensor Value { get; set; }

    /// <inheritdoc/>
    public override bool HasValue => true;

    /// <summary>How many last axes belong to one entry, as declared; null leaves them to the plates around.</summary>
    public int? EventDimensions { get; }

    /// <summary>Whether this is data with gaps filled in: the data are known, and the rest are latents with a name of their own.</summary>
    internal bool IsCompletion { get; init; }

    /// <summary>What the entries of its events are called; null where they have numbers only.</summary>
    internal EventNames? EventNames { get; init; }

    /// <summary>As that of the random variable that this result stands for.</summary>
    internal Tensor? PartMask { get; init; }

    /// <summary>The value with which the statement comes back inwards.</summary>
    internal Tensor? Decided { get; private set; }

    /// <summary>The axes of the value that belong to plates.</summary>
    public Shape BatchShape => Value.Shape[..^EventRank];

    /// <summary>The axes of the value that belong to one entry.</summary>
    public Shape EventShape => Value.Shape[^EventRank..];

    /// <summary>Without a declaration, axes as far left as a plate reaches are batch axes, where sizes agree; all axes without plates are event
    /// axes.</summary>
    private int EventRank
    {
        get
        {
            if (EventDimensions is { } declared)
            {
                return Math.Min(declared, Value.Rank);
            }
            int plates = 0;
            foreach (PlateFrame plate in PlateFrames)
            {
                plates = Math.Max(plates, -plate.Dimension);
            }
            return plates == 0 ? Value.Rank : Math.Max(0, Value.Rank - plates);
        }
    }

    internal override void Before(Handler handler) => handler.Before(this);

    internal override void After(Handler handler) => handler.After(this);

    /// <summary>The value came with the statement, unless a handler has intervened.</summary>
    internal override void ApplyDefault() => Decided = Value;
}
