namespace Pyrite.Layers;

/// <summary>Turns scores into weights.</summary>
internal static class AttentionWeights
{
    /// <summary>eˢ / Σ eˢ over the last axis, the largest score taken off first so that nothing overflows.</summary>
    public static Tensor Of(Tensor scores)
    {
        Tensor largest = scores.Detach();
        for (int size = scores.Shape[^1]; size > 1; size = largest.Shape[^1])
        {
            int half = (size + 1) / 2;
            largest = Tensor.Maximum(largest.Slice(-1, 0, half), largest.Slice(-1, size - half, half));
        }
        Tensor powers = (scores - largest).Exp();
        return powers / powers.Sum(-1, keepDimensions: true);
    }
}
