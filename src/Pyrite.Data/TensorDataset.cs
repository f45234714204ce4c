namespace Pyrite;

/// <summary>Tensors with the same first axis, batched together: row i of a batch holds row i of each.</summary>
/// <remarks>Arrays become tensors with <c>Tensor.From</c>. Nothing is copied until a batch is made; gradients do not flow through a batch.</remarks>
public sealed class TensorDataset : Dataset
{
    private readonly Tensor[] tensors;

    /// <summary>Pairs tensors up by their rows.</summary>
    /// <param name="tensors">At least one; each of shape [N, …] with the same N, of any type.</param>
    /// <exception cref="ArgumentException">There is no tensor, one is a scalar, or the first axes differ.</exception>
    public TensorDataset(params ReadOnlySpan<Tensor> tensors)
        : base(RowsOf(tensors), FieldsOf(tensors))
    {
        this.tensors = new Tensor[tensors.Length];
        for (int i = 0; i < tensors.Length; i++)
        {
            this.tensors[i] = tensors[i].Detach().Contiguous();
        }
    }

    /// <inheritdoc/>
    public override void Fill(int field, ReadOnlySpan<int> rows, Span<byte> destination)
    {
        ReadOnlySpan<byte> source = tensors[field].AsBytes();
        int size = (int)Fields[field].RowShape.Count * Fields[field].DType.ByteSize;
        for (int i = 0; i < rows.Length; i++)
        {
            source.Slice(rows[i] * size, size).CopyTo(destination.Slice(i * size, size));
        }
    }

    private static int RowsOf(ReadOnlySpan<Tensor> tensors)
    {
        if (tensors.IsEmpty)
        {
            throw new ArgumentException("Cannot make a dataset: expected at least one tensor; found none.", nameof(tensors));
        }
        foreach (Tensor tensor in tensors)
        {
            if (tensor.Rank == 0 || tensor.Shape[0] != tensors[0].Shape[0])
            {
                string found = string.Join(", ", tensors.ToArray().Select(each => each.Shape.ToString()));
                throw new ArgumentException(
                    $"Cannot pair tensors up by rows: expected shapes [N, …] with the same N; found {found}. Slice or reshape them first.",
                        nameof(tensors));
            }
        }
        return tensors[0].Shape[0];
    }

    private static BatchField[] FieldsOf(ReadOnlySpan<Tensor> tensors)
    {
        var fields = new BatchField[tensors.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = new BatchField($"tensor {i}", tensors[i].Shape[1..], tensors[i].DType);
        }
        return fields;
    }
}
