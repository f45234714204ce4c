using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels;

/// <summary>One step of Adam (Kingma and Ba 2015), its moments and the parameter in a single pass, rounded in PyTorch's order.</summary>
/// <remarks>p = p·Shrink - StepSize · m / (√v / Correction + Epsilon), after g = g + WeightDecay·p, m = m + (1 - β₁)(g - m) and v = β₂ v + (1 - β₂) g².</remarks>
internal readonly record struct AdamKernel
{
    /// <summary>Decay of the first moment.</summary>
    public required double Beta1 { get; init; }

    /// <summary>Decay of the second moment.</summary>
    public required double Beta2 { get; init; }

    /// <summary>Keeps the divisor from vanishing.</summary>
    public required double Epsilon { get; init; }

    /// <summary>Learning rate over 1 - β₁ᵗ.</summary>
    public required double StepSize { get; init; }

    /// <summary>√(1 - β₂ᵗ).</summary>
    public required double Correction { get; init; }

    /// <summary>Weight of the parameter added to its gradient.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Factor on the parameter before the step: 1 - rate · decay for decoupled weight decay, else 1.</summary>
    public required double Shrink { get; init; }

    /// <summary>Updates a stretch of one parameter; <paramref name="largest"/> is the running maximum of v (AMSGrad), or empty.</summary>
    public void Run<T>(Span<T> parameter, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second, Span<T> largest)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = parameter.Length;
        if (gradient.Length != count || first.Length != count || second.Length != count || (largest.Length != 0 && largest.Length != count))
        {
            throw new ArgumentException($"Adam: parameter, gradient and state must be equally long; found {count}, {gradient.Length}, {first.Length}, {second.Length} and {largest.Length}.");
        }
        int done = Vector512<T>.IsSupported ? RunVectors(parameter, gradient, first, second, largest) : 0;
        Constants<T> constants = new(this);
        for (int i = done; i < count; i++)
        {
            T g = gradient[i] + (constants.Decay * parameter[i]);
            T m = first[i] + (constants.Blend1 * (g - first[i]));
            T v = (second[i] * constants.Beta2) + (constants.Blend2 * (g * g));
            first[i] = m;
            second[i] = v;
            if (largest.Length > 0)
            {
                v = T.Max(largest[i], v);
                largest[i] = v;
            }
            parameter[i] = (parameter[i] * constants.Shrink) - (constants.StepSize * (m / ((T.Sqrt(v) / constants.Correction) + constants.Epsilon)));
        }
    }

    private int RunVectors<T>(Span<T> parameter, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second, Span<T> largest)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Constants<T> scalars = new(this);
        Vector512<T> decay = Vector512.Create(scalars.Decay), blend1 = Vector512.Create(scalars.Blend1), blend2 = Vector512.Create(scalars.Blend2);
        Vector512<T> beta2 = Vector512.Create(scalars.Beta2), shrink = Vector512.Create(scalars.Shrink), stepSize = Vector512.Create(scalars.StepSize);
        Vector512<T> correction = Vector512.Create(scalars.Correction), epsilon = Vector512.Create(scalars.Epsilon);
        ref T parameters = ref MemoryMarshal.GetReference(parameter);
        ref T gradients = ref MemoryMarshal.GetReference(gradient);
        ref T firsts = ref MemoryMarshal.GetReference(first);
        ref T seconds = ref MemoryMarshal.GetReference(second);
        ref T maxima = ref MemoryMarshal.GetReference(largest);
        int end = parameter.Length - Vector512<T>.Count;
        int i = 0;
        for (; i <= end; i += Vector512<T>.Count)
        {
            nuint at = (nuint)i;
            Vector512<T> p = Vector512.LoadUnsafe(ref parameters, at);
            Vector512<T> m = Vector512.LoadUnsafe(ref firsts, at);
            Vector512<T> g = Vector512.LoadUnsafe(ref gradients, at) + (decay * p);
            m += blend1 * (g - m);
            Vector512<T> v = (Vector512.LoadUnsafe(ref seconds, at) * beta2) + (blend2 * (g * g));
            m.StoreUnsafe(ref firsts, at);
            v.StoreUnsafe(ref seconds, at);
            if (largest.Length > 0)
            {
                v = Vector512.Max(Vector512.LoadUnsafe(ref maxima, at), v);
                v.StoreUnsafe(ref maxima, at);
            }
            p = (p * shrink) - (stepSize * (m / ((Vector512.Sqrt(v) / correction) + epsilon)));
            p.StoreUnsafe(ref parameters, at);
        }
        return i;
    }

    private readonly struct Constants<T>(in AdamKernel kernel) where T : unmanaged, IFloatingPointIeee754<T>
    {
        public readonly T Decay = T.CreateTruncating(kernel.WeightDecay);
        public readonly T Blend1 = T.CreateTruncating(1 - kernel.Beta1);
        public readonly T Blend2 = T.CreateTruncating(1 - kernel.Beta2);
        public readonly T Beta2 = T.CreateTruncating(kernel.Beta2);
        public readonly T Shrink = T.CreateTruncating(kernel.Shrink);
        public readonly T StepSize = T.CreateTruncating(kernel.StepSize);
        public readonly T Correction = T.CreateTruncating(kernel.Correction);
        public readonly T Epsilon = T.CreateTruncating(kernel.Epsilon);
    }
}
