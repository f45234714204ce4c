namespace Pyrite.Inference.Validation;

/// <summary>Observations of a site that are left out of a fit.</summary>
/// <param name="Name">The site.</param>
/// <param name="Observations">Their numbers among those that count, ascending.</param>
/// <param name="Of">How many observations there are.</param>
internal sealed record HeldOut(string Name, int[] Observations, int Of)
{
    /// <summary>Which observations stay, of the site's batch shape; known after the first run of the model.</summary>
    public Tensor? Mask { get; set; }

    /// <summary>The model without them.</summary>
    public Action From(Action model) => () =>
    {
        HeldOutHandler handler = new(this);
        using (handler.Enter())
        {
            model();
        }
        handler.RequireFound();
    };

    /// <summary>Which they are, in words.</summary>
    public override string ToString() => Observations.Length == 1 ? $"observation {Observations[0]}" : $"{Observations.Length} observations";
}
