namespace Pyrite.Extensions.Inference;

/// <summary>Turns back as the library's criterion, but sooner: where the outer velocities part by more than a right angle.</summary>
internal sealed class RightAngleTermination : Termination
{
    public override bool GoesOn(in TrajectoryStretch one, in TrajectoryStretch other)
    {
        double product = 0;
        for (int i = 0; i < one.OuterVelocity.Length; i++)
        {
            product += one.OuterMomentum[i] * other.OuterVelocity[i];
        }
        return product > 0;
    }
}
