namespace Pyrite;

/// <summary>Some rows of a dataset: one tensor per field, the batch being the first axis of each.</summary>
/// <remarks>Its tensors live until the loader is asked for the next batch; to use one after that is an error. <see cref="Tensor.Keep"/> copies one
/// out.</remarks>
public sealed class Batch
{
    private readonly Tensor[] tensors;

    internal Batch(int count, Tensor[] tensors)
    {
        Count = count;
        this.tensors = tensors;
    }

    /// <summary>The number of rows: the loader's batch size, or what was left for the last batch.</summary>
    public int Count { get; }

    /// <summary>The tensors, one per field.</summary>
    public IReadOnlyList<Tensor> Tensors => tensors;

    /// <summary>The tensor of one field.</summary>
    /// <param name="field">From 0 to the number of fields - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such field.</exception>
    public Tensor this[int field] => (uint)field < (uint)tensors.Length
        ? tensors[field]
        : throw new ArgumentOutOfRangeException(nameof(field), field, $"Cannot take field {field} of a batch: expected 0 to {tensors.Length - 1}.");

    /// <summary>Takes a batch of two fields apart, such as images and labels.</summary>
    /// <param name="first">The first field, such as Float32 images [N, 1, 28, 28].</param>
    /// <param name="second">The second field, such as Int64 labels [N].</param>
    /// <exception cref="InvalidOperationException">The dataset has not two fields.</exception>
    public void Deconstruct(out Tensor first, out Tensor second)
    {
        CheckFields(2);
        (first, second) = (tensors[0], tensors[1]);
    }

    /// <summary>Takes a batch of three fields apart.</summary>
    /// <param name="first">The first field.</param>
    /// <param name="second">The second field.</param>
    /// <param name="third">The third field.</param>
    /// <exception cref="InvalidOperationException">The dataset has not three fields.</exception>
    public void Deconstruct(out Tensor first, out Tensor second, out Tensor third)
    {
        CheckFields(3);
        (first, second, third) = (tensors[0], tensors[1], tensors[2]);
    }

    private void CheckFields(int expected)
    {
        if (tensors.Length != expected)
        {
            throw new InvalidOperationException(
                $"Cannot take a batch apart into {expected} tensors: its dataset has {tensors.Length} fields. Take them by number: batch[0].");
        }
    }
}
