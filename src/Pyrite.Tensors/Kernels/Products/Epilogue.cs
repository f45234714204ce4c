namespace Pyrite.Kernels.Products;

/// <summary>What a kernel does to each finished sum before it stores it: add a bias, clip at zero, apply a mask.</summary>
/// <remarks>
/// The order is fixed: sum, plus the old value when accumulating, plus <c>Bias</c>, then ReLU, then the mask.
/// <c>Mask</c> is laid out exactly as the result; the result is zero where the mask value is at most zero
/// (the gradient of ReLU, from its stored output). NaN passes through ReLU and mask.
/// </remarks>
internal readonly unsafe struct Epilogue<T>(T* bias = null, bool relu = false, T* mask = null)
    where T : unmanaged
{
    /// <summary>One value per column (per channel), or null.</summary>
    public T* Bias { get; } = bias;

    /// <summary>Whether negative results become zero.</summary>
    public bool Relu { get; } = relu;

    /// <summary>An array of the result's layout whose non-positive entries zero the result, or null.</summary>
    public T* Mask { get; } = mask;

    /// <summary>Whether the result is stored as it is.</summary>
    public bool IsEmpty => Bias == null && !Relu && Mask == null;

    /// <summary>The same epilogue for a result that starts <paramref name="offset"/> elements further on; the bias stays.</summary>
    public Epilogue<T> Advance(nint offset) => Mask == null ? this : new(Bias, Relu, Mask + offset);

    /// <summary>The epilogue for a result that starts <paramref name="offset"/> elements further on, in column <paramref name="column"/>.</summary>
    public Epilogue<T> At(nint offset, nint column) =>
        new(Bias == null ? null : Bias + column, Relu, Mask == null ? null : Mask + offset);
}
