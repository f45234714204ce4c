using Pyrite.Kernels.Trajectories;

namespace Pyrite.Inference.Samplers.Trajectories;

/// <summary>The U-turn criterion of sums of momenta.</summary>
internal sealed class UTurnTermination : Termination
{
    public override bool GoesOn(in TrajectoryStretch one, in TrajectoryStretch other) =>
        LeapfrogKernel.IsParting(one.Sum, other.Sum, one.Outer.V, other.Outer.V)
        && LeapfrogKernel.IsParting(one.Sum, other.Inner.P, one.Outer.V, other.Inner.V)
        && LeapfrogKernel.IsParting(other.Sum, one.Inner.P, one.Inner.V, other.Outer.V);
}
