using System.Numerics;

namespace Pyrite.Functions;

/// <summary>e^(-z) Iⱼ(z) for j = 0 to count - 1, for a scalar z ≥ 0.</summary>
/// <remarks>Downward recurrence (Miller's algorithm; Olver, "Bessel functions of integer order", in Abramowitz and Stegun, section 9.12), normalized
/// by I₀ +
/// 2 Σ Iⱼ = e^z. Slope ½ (Iⱼ₋₁ + Iⱼ₊₁) - Iⱼ, scaled alike.</remarks>
internal readonly record struct ScaledBesselSequence(int Count) : ITensorOperation
{
    private const double Large = 1e200;

    public string Name => "scaled bessel sequence";

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => Shape.Create(Count);

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double z = double.CreateTruncating(inputs[0][0]);
        if (!(z >= 0 && z < Large))
        {
            result.Fill(T.NaN);
            return;
        }
        if (z < 1e-300)
        {
            result.Clear();
            result[0] = T.One;
            return;
        }
        // Iⱼ falls like exp(-j² / 2z): far enough out it is nothing beside I₀.
        int start = Count + 30 + (int)Math.Min(Math.Sqrt(100 * z), 1e6);
        double[] values = new double[Count];
        (double above, double here, double sum) = (0, 1e-300, 0);
        for (int j = start; j >= 0; j--)
        {
            if (j < Count)
            {
                values[j] = here;
            }
            sum += j == 0 ? here : 2 * here;
            (above, here) = (here, above + (2 * j / z * here));
            if (here > Large)
            {
                (above, here, sum) = (above / Large, here / Large, sum / Large);
                for (int i = j; i < Count; i++)
                {
                    values[i] /= Large;
                }
            }
        }
        for (int j = 0; j < Count; j++)
        {
            result[j] = T.CreateTruncating(values[j] / sum);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        Tensor longer = Tensor.Apply(new ScaledBesselSequence(Math.Max(Count, 2) + 1), inputs[0]);
        Tensor below = Count == 1 ? longer.Slice(0, 1, 1) : Tensor.Concat([longer.Slice(0, 1, 1), longer.Slice(0, 0, Count - 1)]);
        return (upstream * ((0.5 * (below + longer.Slice(0, 1, Count))) - longer.Slice(0, 0, Count))).Sum();
    }
}
