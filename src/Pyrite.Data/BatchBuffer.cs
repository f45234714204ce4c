using Pyrite.Engine;
using Pyrite.Kernels.Memory;

namespace Pyrite;

/// <summary>Memory for one batch, filled over and over.</summary>
internal sealed class BatchBuffer
{
    private readonly Dataset data;
    private readonly Storage[] storages;

    /// <summary>Takes memory for batches of up to so many rows.</summary>
    public BatchBuffer(Dataset data, int mostRows)
    {
        this.data = data;
        storages = [.. data.Fields.Select(field => Storage.Allocate(RowBytes(field) * mostRows, pinned: true))];
    }

    /// <summary>Makes the tensors handed out earlier stale, so that using one is an error and never shows other rows.</summary>
    public void Retire()
    {
        foreach (Storage storage in storages)
        {
            storage.Retire();
        }
    }

    /// <summary>Overwrites the memory with some rows.</summary>
    public void Fill(ReadOnlySpan<int> rows)
    {
        for (int field = 0; field < storages.Length; field++)
        {
            data.Fill(field, rows, storages[field].Span<byte>(0, (int)(RowBytes(data.Fields[field]) * rows.Length)));
        }
    }

    /// <summary>Tensors over the memory, alive until <see cref="Retire"/>.</summary>
    public Batch Open(int rowCount)
    {
        var tensors = new Tensor[storages.Length];
        for (int i = 0; i < tensors.Length; i++)
        {
            BatchField field = data.Fields[i];
            tensors[i] = Tensor.Over(storages[i], new TensorSpec(Shape.Create(rowCount) + field.RowShape, field.DType));
        }
        return new Batch(rowCount, tensors);
    }

    private static long RowBytes(BatchField field) => field.RowShape.Count * field.DType.ByteSize;
}
