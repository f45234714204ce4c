namespace Pyrite.Layers.Attention;

/// <summary>Puts together what hides keys from queries.</summary>
internal static class AttentionMask
{
    /// <summary>Bool, broadcasting to [N, heads, T, S], true = not attended; null where nothing is hidden.</summary>
    public static Tensor? Combine(Module layer, Shape scores, Tensor? mask, Tensor? padding, bool causal)
    {
        (int batch, int queries, int keys) = (scores[0], scores[2], scores[3]);
        Tensor? hidden = null;
        if (mask is not null)
        {
            Check(layer, mask, mask.Shape == [queries, keys] || mask.Shape == [batch, queries, keys],
                $"[{queries}, {keys}] or [{batch}, {queries}, {keys}]");
            hidden = mask.Rank == 2 ? mask : mask.Unsqueeze(1);
        }
        if (padding is not null)
        {
            Check(layer, padding, padding.Shape == [batch, keys], $"[{batch}, {keys}]");
            Tensor all = padding.Reshape(batch, 1, 1, keys);
            hidden = hidden is null ? all : hidden | all;
        }
        if (causal)
        {
            Tensor later = Tensor.Range(keys) > Tensor.Range(queries).Unsqueeze(-1);
            hidden = hidden is null ? later : hidden | later;
        }
        return hidden;
    }

    private static void Check(Module layer, Tensor mask, bool fits, string shape)
    {
        if (!fits || mask.DType != DType.Bool)
        {
            throw new ArgumentException($"{layer} needs a Bool mask of shape {shape}, true = not attended; found {mask.DType} {mask.Shape}.",
                nameof(mask));
        }
    }
}
