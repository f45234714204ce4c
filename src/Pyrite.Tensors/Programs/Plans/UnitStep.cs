namespace Pyrite.Programs.Plans;

/// <summary>A unit on the whole batch at once, with the threads of its own kernel.</summary>
internal sealed class UnitStep(PlannedUnit unit) : PlanStep
{
    private readonly Tensor[] inputs = new Tensor[unit.Inputs.Length];

    public override void Run(PlanMemory memory)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = memory[unit.Inputs[i]];
        }
        Tensor output = memory[unit.Output];
        if (unit.Relu || unit.Mask is not null)
        {
            unit.Fusing!.Execute(inputs, unit.Relu, unit.Mask is { } mask ? memory[mask] : null, output);
        }
        else
        {
            unit.Node.Execute(inputs, output);
        }
        Array.Clear(inputs);
    }
}
