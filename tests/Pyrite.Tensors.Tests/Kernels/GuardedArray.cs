using System.Numerics;
using System.Runtime.InteropServices;

namespace Pyrite.Kernels;

/// <summary>Native memory between guard values, to notice writes outside of it.</summary>
internal sealed unsafe class GuardedArray<T> : IDisposable
    where T : unmanaged, INumber<T>
{
    private const int Guard = 64;
    private static readonly T GuardValue = T.CreateTruncating(12345);
    private readonly T* _memory;

    public GuardedArray(nint length, System.Random? random = null)
    {
        Length = length;
        _memory = (T*)NativeMemory.Alloc((nuint)(length + (2 * Guard)), (nuint)sizeof(T));
        for (nint i = 0; i < length + (2 * Guard); i++)
        {
            bool inside = i >= Guard && i < Guard + length;
            _memory[i] = inside && random != null ? T.CreateChecked((random.NextDouble() * 2) - 1) : GuardValue;
        }
    }

    public nint Length { get; }

    public T* Pointer => _memory + Guard;

    public Span<T> Span => new(Pointer, (int)Length);

    public GuardedArray<T> Copy()
    {
        GuardedArray<T> copy = new(Length);
        Span.CopyTo(copy.Span);
        return copy;
    }

    public void AssertGuards()
    {
        for (nint i = 0; i < Guard; i++)
        {
            Assert.True(_memory[i] == GuardValue && Pointer[Length + i] == GuardValue, "memory outside the array was written");
        }
    }

    /// <summary>Every element within a tolerance relative to the sum of magnitudes that went into it.</summary>
    public void AssertNear(ReadOnlySpan<double> expected, ReadOnlySpan<double> scale, string what)
    {
        double epsilon = typeof(T) == typeof(float) ? 2e-6 : 1e-14;
        for (int i = 0; i < Length; i++)
        {
            double found = double.CreateChecked(Span[i]);
            Assert.True(
                Math.Abs(found - expected[i]) <= epsilon * (scale[i] + 1),
                $"{what}: element {i} is {found}, expected {expected[i]}, scale {scale[i]}");
        }
        AssertGuards();
    }

    public void Dispose() => NativeMemory.Free(_memory);
}
