using Pyrite.Kernels.Convolution;
using Pyrite.Ops.Convolution;
using Pyrite.Ops.Products;

namespace Pyrite.Programs;

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
        if (unit.IsLayout && unit.Mask is { } gate)
        {
            MarginLayout.Run(output.DType, inputs[0].RawBytes(), memory[gate].RawBytes(), output.WriteBytes(),
                PlanMemory.FrameOf(output, 0), output.Shape[0]);
        }
        else if (unit.Node.Boxed is MatMulOperation product)
        {
            product.Run(inputs, unit.Relu, unit.Mask is { } mask ? memory[mask] : null, output);
        }
        else if (unit.Relu || unit.Mask is not null)
        {
            FusedConvolution.Run(unit.Shape!.Value, unit.Node.Boxed is ConvTranspose2dOperation, output.DType, inputs[0].RawBytes(),
                inputs[1].RawBytes(), inputs.Length > 2 ? inputs[2].RawBytes() : [], unit.Relu,
                unit.Mask is { } zeros ? memory[zeros].RawBytes() : [], output.WriteBytes());
        }
        else
        {
            unit.Node.Execute(inputs, output);
        }
        Array.Clear(inputs);
    }
}
