using Pyrite.Checks;
using Pyrite.Components;
using Pyrite.Filtering;
using Pyrite.Operations;

namespace Pyrite;

/// <summary>A stationary autoregression around 0, which starts from its stationary distribution.</summary>
/// <remarks>x_t = Σ φ_i x_{t-i} + noise. The states are those of the companion form [φ | I]: the first is x.</remarks>
/// <param name="coefficients">φ, [.., p]; of a stationary process. <see cref="StationaryTransform"/> makes them of any numbers.</param>
/// <param name="scale">The standard deviation of the noise.</param>
public sealed class AutoRegressive(Tensor coefficients, Tensor scale) : StateSpaceComponent
{
    /// <inheritdoc/>
    public override int StateCount { get; } = Order(coefficients);

    internal override ComponentParts Parts { get; } = Of(coefficients, scale);

    private static int Order(Tensor coefficients)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        return coefficients.Rank > 0 && coefficients.Shape[^1] > 0 ? coefficients.Shape[^1] : throw new ArgumentException(
            $"AutoRegressive: coefficients have shape {coefficients.Shape}; they are a vector [.., p] with p of at least 1.", nameof(coefficients));
    }

    private static ComponentParts Of(Tensor coefficients, Tensor scale)
    {
        int order = coefficients.Shape[^1];
        Tensor transition = Companion(coefficients.To(DType.Float64));
        Tensor variance = ComponentParts.Squared(scale, nameof(AutoRegressive), "scale");
        Tensor noise = order == 1 ? ComponentParts.Diagonal(variance) : ComponentParts.Blocks(
            [ComponentParts.Diagonal(variance), ComponentParts.Zeros(order - 1, order - 1)]);
        Shape batch = Shape.Broadcast(transition.Shape[..^2], noise.Shape[..^2]);
        Tensor side = Tensor.Concat(
            [transition.BroadcastTo(batch + [order, order]).Reshape((int)batch.Count, order * order),
                noise.BroadcastTo(batch + [order, order]).Reshape((int)batch.Count, order * order)], -1);
        Tensor spread = RowOperation<StationaryCovariance>.Of(new(order), side).Reshape(batch + [order, order]);
        RefusedCheck.Require(spread.AllWithin(new NumberRange(double.NegativeInfinity, double.PositiveInfinity, true, true)), coefficients,
            value => $"AutoRegressive: coefficients must be those of a stationary process; those of {value} are not, so there is no "
                + $"distribution to start from.");
        return new ComponentParts(transition, noise, Tensor.From<double>([1, .. new double[order - 1]]), ComponentParts.Zeros(order), spread,
            new bool[order]);
    }

    /// <summary>[φ | I] over a last row whose other entries are 0.</summary>
    internal static Tensor Companion(Tensor coefficients)
    {
        int order = coefficients.Shape[^1];
        Tensor column = coefficients.Unsqueeze(-1);
        return order == 1 ? column : Tensor.Concat(
            [column, Tensor.Identity(order, DType.Float64).Slice(1, 0, order - 1).BroadcastTo(coefficients.Shape + [order - 1])], -1);
    }
}
