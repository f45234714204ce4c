namespace Pyrite;

/// <summary>A named result worth keeping in traces and predictions.</summary>
public sealed class DeterministicSite : Site
{
    internal DeterministicSite(string name, Tensor value)
        : base(name) => Value = value;

    /// <inheritdoc/>
    public override Tensor Value { get; set; }

    /// <inheritdoc/>
    public override bool HasValue => true;

    internal override void Before(Handler handler) => handler.Before(this);

    internal override void After(Handler handler) => handler.After(this);

    internal override void ApplyDefault()
    {
        // The value came with the statement.
    }
}
