namespace Pyrite.Autoregression;

/// <summary>Polynomials of the lag, 1 + Σ c_i B^i, by their coefficients.</summary>
internal static class LagPolynomial
{
    /// <summary>The coefficients of (1 + Σ a_i B^i)(1 + Σ b_j B^{js}), [.., p + P s].</summary>
    public static Tensor Product(Tensor a, Tensor b, int period)
    {
        Shape batch = Shape.Broadcast(a.Shape[..^1], b.Shape[..^1]);
        (int p, int seasons) = (a.Shape[^1], b.Shape[^1]);
        int size = p + (seasons * period) + 1;
        Tensor factor = Tensor.Concat([Tensor.Ones(batch + [1], DType.Float64), a.To(DType.Float64).BroadcastTo(batch + [p])], -1);
        Tensor sum = Padded(factor, size);
        for (int j = 0; j < seasons; j++)
        {
            int start = (j + 1) * period;
            sum += Padded(Tensor.Concat([Tensor.Zeros(batch + [start], DType.Float64), factor * b.To(DType.Float64).Slice(-1, j, 1)], -1), size);
        }
        return sum.Slice(-1, 1, size - 1);
    }

    /// <summary>A vector with zeros behind it.</summary>
    public static Tensor Padded(Tensor vector, int size)
    {
        Tensor wide = vector.To(DType.Float64);
        return vector.Shape[^1] == size ? wide : Tensor.Concat([wide, Tensor.Zeros(vector.Shape[..^1] + [size - vector.Shape[^1]], DType.Float64)],
            -1);
    }
}
