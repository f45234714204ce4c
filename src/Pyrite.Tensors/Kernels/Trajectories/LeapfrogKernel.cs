using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pyrite.Kernels.Trajectories;

/// <summary>The vector arithmetic of Hamiltonian trajectories, each step in one pass over short vectors.</summary>
internal static class LeapfrogKernel
{
    /// <summary>p += h g, then q += e m p, element by element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void KickAndDrift(Span<double> q, Span<double> p, ReadOnlySpan<double> g, ReadOnlySpan<double> m, double h, double e)
    {
        ref double q0 = ref First(q, q.Length), p0 = ref First(p, q.Length);
        ref double g0 = ref First(g, q.Length), m0 = ref First(m, q.Length);
        int i = 0;
        Vector<double> half = new(h), whole = new(e);
        for (; i <= q.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector<double> momentum = Vector.LoadUnsafe(ref p0, (nuint)i) + (half * Vector.LoadUnsafe(ref g0, (nuint)i));
            momentum.StoreUnsafe(ref p0, (nuint)i);
            (Vector.LoadUnsafe(ref q0, (nuint)i) + (whole * (Vector.LoadUnsafe(ref m0, (nuint)i) * momentum))).StoreUnsafe(ref q0, (nuint)i);
        }
        for (; i < q.Length; i++)
        {
            p[i] += h * g[i];
            q[i] += e * (m[i] * p[i]);
        }
    }

    /// <summary>p += h g.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(Span<double> p, ReadOnlySpan<double> g, double h)
    {
        ref double p0 = ref First(p, p.Length), g0 = ref First(g, p.Length);
        int i = 0;
        Vector<double> half = new(h);
        for (; i <= p.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            (Vector.LoadUnsafe(ref p0, (nuint)i) + (half * Vector.LoadUnsafe(ref g0, (nuint)i))).StoreUnsafe(ref p0, (nuint)i);
        }
        for (; i < p.Length; i++)
        {
            p[i] += h * g[i];
        }
    }

    /// <summary>p += h g and v = m p; returns p·v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double KickAndVelocity(Span<double> p, ReadOnlySpan<double> g, double h, ReadOnlySpan<double> m, Span<double> v)
    {
        ref double p0 = ref First(p, p.Length), v0 = ref First(v, p.Length);
        ref double g0 = ref First(g, p.Length), m0 = ref First(m, p.Length);
        int i = 0;
        Vector<double> half = new(h), total = Vector<double>.Zero;
        for (; i <= p.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector<double> momentum = Vector.LoadUnsafe(ref p0, (nuint)i) + (half * Vector.LoadUnsafe(ref g0, (nuint)i));
            momentum.StoreUnsafe(ref p0, (nuint)i);
            Vector<double> velocity = Vector.LoadUnsafe(ref m0, (nuint)i) * momentum;
            velocity.StoreUnsafe(ref v0, (nuint)i);
            total += momentum * velocity;
        }
        double sum = Vector.Sum(total);
        for (; i < p.Length; i++)
        {
            p[i] += h * g[i];
            v[i] = m[i] * p[i];
            sum += p[i] * v[i];
        }
        return sum;
    }

    /// <summary>Whether (a + b)·u and (a + b)·w are both positive: the stretch whose momenta sum to a + b still runs apart at both ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool IsParting(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> u, ReadOnlySpan<double> w)
    {
        ref double a0 = ref First(a, a.Length), b0 = ref First(b, a.Length), u0 = ref First(u, a.Length), w0 = ref First(w, a.Length);
        int i = 0;
        Vector<double> first = Vector<double>.Zero, second = Vector<double>.Zero;
        for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector<double> sum = Vector.LoadUnsafe(ref a0, (nuint)i) + Vector.LoadUnsafe(ref b0, (nuint)i);
            first += sum * Vector.LoadUnsafe(ref u0, (nuint)i);
            second += sum * Vector.LoadUnsafe(ref w0, (nuint)i);
        }
        double start = Vector.Sum(first), end = Vector.Sum(second);
        for (; i < a.Length; i++)
        {
            start += (a[i] + b[i]) * u[i];
            end += (a[i] + b[i]) * w[i];
        }
        return start > 0 && end > 0;
    }

    /// <summary>target = a + b; target may be one of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> target)
    {
        ref double a0 = ref First(a, target.Length), b0 = ref First(b, target.Length), t0 = ref First(target, target.Length);
        int i = 0;
        for (; i <= target.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            (Vector.LoadUnsafe(ref a0, (nuint)i) + Vector.LoadUnsafe(ref b0, (nuint)i)).StoreUnsafe(ref t0, (nuint)i);
        }
        for (; i < target.Length; i++)
        {
            target[i] = a[i] + b[i];
        }
    }

    /// <summary>a·b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref double a0 = ref First(a, a.Length), b0 = ref First(b, a.Length);
        int i = 0;
        Vector<double> total = Vector<double>.Zero;
        for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            total += Vector.LoadUnsafe(ref a0, (nuint)i) * Vector.LoadUnsafe(ref b0, (nuint)i);
        }
        double sum = Vector.Sum(total);
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /// <summary>The first element, once it is certain that there are enough.</summary>
    private static ref double First(ReadOnlySpan<double> values, int needed)
    {
        if (values.Length < needed)
        {
            throw new ArgumentException($"Vectors of a trajectory must be equally long; found {values.Length} and {needed}.", nameof(values));
        }
        return ref MemoryMarshal.GetReference(values);
    }
}
