namespace Pyrite.Optimizers;

/// <summary>Scales gradients down to a largest common norm.</summary>
internal sealed class NormClipping : GradientClipping
{
    private const double Slack = 1e-6;

    private readonly double limit;
    private readonly double order;

    public NormClipping(double limit, double order)
    {
        CheckLimit(limit);
        if (!(order >= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(order), order, "A norm has an order of 1 or more.");
        }
        this.limit = limit;
        this.order = order;
    }

    internal override void Apply(Span<ParameterUpdate> updates)
    {
        double scale = limit / (Norm(updates) + Slack);
        if (scale >= 1)
        {
            return;
        }
        foreach (ref ParameterUpdate update in updates)
        {
            update = update with { Gradient = update.Gradient * scale };
        }
    }

    private double Norm(ReadOnlySpan<ParameterUpdate> updates)
    {
        double total = 0;
        foreach (ref readonly ParameterUpdate update in updates)
        {
            if (double.IsPositiveInfinity(order))
            {
                total = Math.Max(total, Largest(update.Gradient));
            }
            else
            {
                total += order == 2 ? update.Gradient.Square().Sum().Item() : update.Gradient.Abs().Pow(order).Sum().Item();
            }
        }
        return double.IsPositiveInfinity(order) ? total : Math.Pow(total, 1 / order);
    }

    private static double Largest(Tensor gradient)
    {
        double largest = 0;
        foreach (double entry in gradient.ToArray<double>())
        {
            largest = Math.Max(largest, Math.Abs(entry));
        }
        return largest;
    }
}
