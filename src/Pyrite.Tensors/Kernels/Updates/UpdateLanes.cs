namespace Pyrite.Kernels.Updates;

/// <summary>Neighbouring elements of a parameter, its gradient and up to three remembered tensors; absent ones are 0.</summary>
internal struct UpdateLanes<V>
    where V : unmanaged
{
    public V Parameter;
    public V Gradient;
    public V First;
    public V Second;
    public V Third;
}
