using Pyrite.Inference.Samplers.Trajectories;

namespace Pyrite;

/// <summary>A stretch of a trajectory beside another one: what a <see cref="Termination"/> sees of it.</summary>
public readonly struct TrajectoryStretch
{
    internal TrajectoryStretch(double[] sum, TrajectoryEdge outer, TrajectoryEdge inner) => (Sum, Outer, Inner) = (sum, outer, inner);

    /// <summary>The sum of the momenta of all its points.</summary>
    public ReadOnlySpan<double> MomentumSum => Sum;

    /// <summary>The momentum of its point farthest from the other stretch.</summary>
    public ReadOnlySpan<double> OuterMomentum => Outer.P;

    /// <summary>The velocity there.</summary>
    public ReadOnlySpan<double> OuterVelocity => Outer.V;

    /// <summary>The momentum of its point next to the other stretch.</summary>
    public ReadOnlySpan<double> InnerMomentum => Inner.P;

    /// <summary>The velocity there.</summary>
    public ReadOnlySpan<double> InnerVelocity => Inner.V;

    internal double[] Sum { get; }

    internal TrajectoryEdge Outer { get; }

    internal TrajectoryEdge Inner { get; }
}
