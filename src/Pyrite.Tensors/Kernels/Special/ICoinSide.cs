using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Special;

/// <summary>How the chance of success is written: as a probability, as log-odds or as odds.</summary>
internal interface ICoinSide
{
    /// <summary>What errors and listings call it.</summary>
    static abstract string Name { get; }

    /// <summary>The chances of success and failure.</summary>
    static abstract void Chances<V>(V coin, out V success, out V failure) where V : unmanaged, ISimd<V, double>;

    /// <summary>Their logarithms, for any number.</summary>
    static abstract (double Success, double Failure) Logarithms(double coin);

    /// <summary>The chances, for any number.</summary>
    static abstract (double Success, double Failure) Chances(double coin);
}
