namespace Pyrite.Extensions.Inference;

/// <summary>A sampler put together from parts, of which every one can be one's own.</summary>
internal sealed class OwnHamiltonian(Trajectory trajectory, MetricStructure? structure = null) : HamiltonianSampler(trajectory, structure: structure)
{
    public override string ToString() => $"trajectories of {Trajectory.GetType().Name}";
}
