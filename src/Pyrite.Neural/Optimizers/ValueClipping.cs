namespace Pyrite.Optimizers;

/// <summary>Clamps each entry of the gradients.</summary>
internal sealed class ValueClipping : GradientClipping
{
    private readonly double limit;

    public ValueClipping(double limit)
    {
        CheckLimit(limit);
        this.limit = limit;
    }

    internal override void Apply(Span<ParameterUpdate> updates)
    {
        foreach (ref ParameterUpdate update in updates)
        {
            Tensor capped = Tensor.Where(update.Gradient > limit, limit, update.Gradient);
            update = update with { Gradient = Tensor.Where(capped < -limit, -limit, capped) };
        }
    }
}
