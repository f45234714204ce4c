namespace Pyrite.Checks;

/// <summary>Masks of the entries that count, laid over other axes.</summary>
internal static class EntryMask
{
    /// <summary>A mask over some of the axes it broadcasts with: what stands for several entries counts if one of them does.</summary>
    public static Tensor Over(Tensor mask, Shape batch)
    {
        Shape common = Shape.Broadcast(mask.Shape, batch);
        return common == batch ? mask : mask.BroadcastTo(common).To(DType.Float32).SumTo(batch) > 0;
    }

    /// <summary>A mask with more axes behind; null stays null.</summary>
    public static Tensor? WithAxes(Tensor? mask, int axes)
    {
        for (int i = 0; i < axes && mask is not null; i++)
        {
            mask = mask.Unsqueeze(-1);
        }
        return mask;
    }
}
