/** The regions in which Search runs, as it names them (azure-powershell recording of 2025-09-26). */
export const displayNames = [
  "East US",
  "East US 2",
  "East US 2 EUAP",
  "Central US",
  "Central US EUAP",
  "North Central US",
  "South Central US",
  "West Central US",
  "West US",
  "West US 2",
  "West US 3",
  "Canada Central",
  "Canada East",
  "Brazil South",
  "Mexico Central",
  "Chile Central",
  "North Europe",
  "West Europe",
  "UK South",
  "UK West",
  "France Central",
  "Germany North",
  "Germany West Central",
  "Switzerland North",
  "Switzerland West",
  "Norway East",
  "Sweden Central",
  "Poland Central",
  "Italy North",
  "Spain Central",
  "Austria East",
  "Israel Central",
  "Qatar Central",
  "UAE North",
  "South Africa North",
  "Central India",
  "South India",
  "Jio India West",
  "Jio India Central",
  "Southeast Asia",
  "East Asia",
  "Japan East",
  "Japan West",
  "Korea Central",
  "Korea South",
  "Indonesia Central",
  "Malaysia West",
  "Australia East",
  "Australia Southeast",
  "New Zealand North",
];

const byRegion = new Map(displayNames.map((it) => [regionOf(it), it]));

/** `westus2`, however it was written: "West US 2" is the same region. */
export function regionOf(location: string): string {
  return location.toLowerCase().replaceAll(" ", "");
}

/** "West US 2"; an unknown region stays as it was written. */
export function displayName(location: string): string {
  return byRegion.get(regionOf(location)) ?? location;
}
