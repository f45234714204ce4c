using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Updates;

/// <summary>Runs an update rule over a stretch of one parameter in a single pass through memory.</summary>
internal static class UpdateLoop
{
    /// <summary>Changes the parameter and the remembered tensors; all spans are equally long, those of absent tensors empty.</summary>
    public static void Run<TRule, T>(TRule rule, Span<T> parameter, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second, Span<T> third)
        where TRule : struct, IUpdateRule
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = parameter.Length;
        if (gradient.Length != count || !Fits(first.Length) || !Fits(second.Length) || !Fits(third.Length))
        {
            throw new ArgumentException(
                $"Update: parameter, gradient and state must be equally long; "
                    + $"found {count}, {gradient.Length}, {first.Length}, {second.Length} and {third.Length}.");
        }
        if (Vector512.IsHardwareAccelerated)
        {
            Loop<TRule, Simd512<T>, T>(rule, parameter, gradient, first, second, third);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Loop<TRule, Simd256<T>, T>(rule, parameter, gradient, first, second, third);
        }
        else
        {
            Loop<TRule, Simd128<T>, T>(rule, parameter, gradient, first, second, third);
        }

        bool Fits(int length) => length == count || length == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<TRule, V, T>(TRule rule, Span<T> parameter, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second, Span<T> third)
        where TRule : struct, IUpdateRule
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref T parameters = ref MemoryMarshal.GetReference(parameter);
        ref T gradients = ref MemoryMarshal.GetReference(gradient);
        ref T firsts = ref MemoryMarshal.GetReference(first);
        ref T seconds = ref MemoryMarshal.GetReference(second);
        ref T thirds = ref MemoryMarshal.GetReference(third);
        (bool hasFirst, bool hasSecond, bool hasThird) = (first.Length > 0, second.Length > 0, third.Length > 0);
        int i = 0;
        for (; i <= parameter.Length - V.Count; i += V.Count)
        {
            nuint at = (nuint)i;
            UpdateLanes<V> lanes = default;
            lanes.Parameter = V.Load(ref parameters, at);
            lanes.Gradient = V.Load(ref gradients, at);
            lanes.First = hasFirst ? V.Load(ref firsts, at) : default;
            lanes.Second = hasSecond ? V.Load(ref seconds, at) : default;
            lanes.Third = hasThird ? V.Load(ref thirds, at) : default;
            rule.Step(ref lanes);
            lanes.Parameter.Store(ref parameters, at);
            if (hasFirst)
            {
                lanes.First.Store(ref firsts, at);
            }
            if (hasSecond)
            {
                lanes.Second.Store(ref seconds, at);
            }
            if (hasThird)
            {
                lanes.Third.Store(ref thirds, at);
            }
        }
        if (i < parameter.Length)
        {
            Rest<TRule, V, T>(rule, parameter[i..], gradient[i..], From(first, i), From(second, i), From(third, i));
        }
    }

    /// <summary>Elements that do not fill a vector, computed by a whole one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Rest<TRule, V, T>(TRule rule, Span<T> parameter, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second, Span<T> third)
        where TRule : struct, IUpdateRule
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        UpdateLanes<V> room = default;
        parameter.CopyTo(Lanes(ref room.Parameter));
        gradient.CopyTo(Lanes(ref room.Gradient));
        first.CopyTo(Lanes(ref room.First));
        second.CopyTo(Lanes(ref room.Second));
        third.CopyTo(Lanes(ref room.Third));
        Loop<TRule, V, T>(rule, Lanes(ref room.Parameter), Lanes(ref room.Gradient), Lanes(ref room.First), Lanes(ref room.Second),
            Lanes(ref room.Third));
        Lanes(ref room.Parameter)[..parameter.Length].CopyTo(parameter);
        Lanes(ref room.First)[..first.Length].CopyTo(first);
        Lanes(ref room.Second)[..second.Length].CopyTo(second);
        Lanes(ref room.Third)[..third.Length].CopyTo(third);

        static Span<T> Lanes(ref V vector) => MemoryMarshal.CreateSpan(ref Unsafe.As<V, T>(ref vector), V.Count);
    }

    private static Span<T> From<T>(Span<T> values, int start) => values.Length == 0 ? values : values[start..];
}
