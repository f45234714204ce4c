namespace Pyrite;

/// <summary>Memory for one batch, filled over and over.</summary>
internal sealed class BatchBuffer
{
    private readonly Dataset data;
    private readonly TensorBuffer[] buffers;

    /// <summary>Takes memory for batches of up to so many rows.</summary>
    public BatchBuffer(Dataset data, int mostRows)
    {
        this.data = data;
        buffers = [.. data.Fields.Select(field => new TensorBuffer(ShapeOf(field, mostRows), field.DType))];
    }

    /// <summary>Makes the tensors handed out earlier stale, so that using one is an error and never shows other rows.</summary>
    public void Retire()
    {
        foreach (TensorBuffer buffer in buffers)
        {
            buffer.Retire();
        }
    }

    /// <summary>Overwrites the memory with some rows, as they are in an epoch.</summary>
    public void Fill(int epoch, ReadOnlySpan<int> rows)
    {
        for (int field = 0; field < buffers.Length; field++)
        {
            long bytes = data.Fields[field].RowShape.Count * buffers[field].DType.ByteSize * rows.Length;
            data.FillInEpoch(epoch, field, rows, buffers[field].Bytes[..(int)bytes]);
        }
    }

    /// <summary>Tensors over the memory, alive until <see cref="Retire"/>.</summary>
    public Batch Open(int rowCount)
    {
        var tensors = new Tensor[buffers.Length];
        for (int i = 0; i < tensors.Length; i++)
        {
            tensors[i] = buffers[i].Open(ShapeOf(data.Fields[i], rowCount));
        }
        return new Batch(rowCount, tensors);
    }

    private static Shape ShapeOf(BatchField field, int rows) => Shape.Create(rows) + field.RowShape;
}
