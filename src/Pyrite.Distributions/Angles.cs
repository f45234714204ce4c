namespace Pyrite;

/// <summary>Arithmetic of angles in radians, of which those 2π apart are the same.</summary>
public static class Angles
{
    extension(Tensor angle)
    {
        /// <summary>The same angles in [-π, π); gradients pass through.</summary>
        public Tensor WrapAngle()
        {
            Tensor turns = ((angle + Math.PI) / (2 * Math.PI)).Detach();
            Tensor whole = turns.To(DType.Int64).To(turns.DType);
            Tensor floor = whole - (turns < whole).To(turns.DType);
            return angle - (2 * Math.PI * floor);
        }
    }
}
